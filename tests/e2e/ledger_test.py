"""The daemon is killed twelve times, half of them while its ledger is being written. Afterwards every
period of every scope in the ledger is what the departments were acknowledged, computed here from what
was sent; a damaged ledger stops the start, and a backup carries it."""

import collections
import datetime
import fractions
import http.client
import json
import os
import random
import sqlite3
import subprocess
import threading
import time
import unittest

import centre

KILLS = 12
DEPARTMENTS = ("a", "b", "c")
# By code: the calendar of its periods. On any day a month of one of them has ended within 30 days, so
# that events that are still taken lie in it.
INDICATORS = {"civil_flow": "civil", "admin_flow": "admin"}
ZONE = datetime.timezone(datetime.timedelta(hours=7))
MOST_AGE = datetime.timedelta(days=29)
EVENTS_PER_BATCH = 20
BATCHES_PER_KILL = 8  # of each department, at the most

CATALOGUE = """
territory: {code: test, name_vi: tỉnh Thử, name_en: Test}
departments:
""" + "".join(f"  - {{code: {code}, name_vi: Sở {code}, name_en: D {code}, kind: so}}\n"
              for code in DEPARTMENTS) + "indicators:\n" + "".join(
    f"  - {{code: {code}, name_vi: Chỉ tiêu {code}, name_en: I {code}, kind: flow, unit: dossier,\n"
    f"     direction: none, cadence: monthly, calendar: {calendar}, reporters: all}}\n"
    for code, calendar in INDICATORS.items())


def periods_of(when, calendar):
    """{text: first day behind it} of the month, quarter, half, nine months and year of a moment."""
    day = when.astimezone(ZONE).date()
    year, month = day.year, day.month
    if calendar == "admin" and day.day >= 15:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)

    def behind(last_month):
        if calendar == "admin":
            return datetime.date(year, last_month, 15)
        return datetime.date(year + last_month // 12, last_month % 12 + 1, 1)

    quarter, half = (month - 1) // 3 + 1, (month - 1) // 6 + 1
    periods = {f"{year}-{month:02}": behind(month), f"{year}-Q{quarter}": behind(3 * quarter),
               f"{year}-H{half}": behind(6 * half), f"{year}": behind(12)}
    if month <= 9:
        periods[f"{year}-9M"] = behind(9)
    return periods


class Sender(threading.Thread):
    """Pushes batches under rising sequences, of events of the last month, until each is answered."""

    def __init__(self, daemon, department):
        super().__init__(daemon=True)
        self.centre = daemon
        self.department = department
        self.random = random.Random(department)
        self.stopping = threading.Event()
        self.may_send = threading.Semaphore(0)
        self.acknowledged = []  # (indicator, time, value)
        self.batches = 0
        self.failure = None

    def run(self):
        try:
            while True:
                self.may_send.acquire()
                if self.stopping.is_set():
                    return
                events = [self.event() for _ in range(EVENTS_PER_BATCH)]
                self.push_until_answered(events, self.batches + 1)
                self.acknowledged += events
                self.batches += 1
        except Exception as failure:  # told by the test's own thread
            self.failure = failure

    def event(self):
        age = datetime.timedelta(seconds=self.random.randrange(int(MOST_AGE.total_seconds())))
        when = datetime.datetime.now(ZONE).replace(microsecond=0) - age
        return self.random.choice(list(INDICATORS)), when, self.random.randrange(100)

    def push_until_answered(self, events, sequence):
        request = {"department": self.department, "producer": "e2e", "sequence": str(sequence),
                   "events": [{"indicator": indicator, "eventTime": when.isoformat(),
                               "value": value} for indicator, when, value in events]}
        while True:
            try:
                answer = self.centre.push(request)
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as failure:
                code = getattr(failure, "code", 503)  # of an HTTP error; otherwise no answer came
                if code != 503:
                    raise AssertionError(f"{code}: {failure.read().decode()}") from failure
                time.sleep(0.02)
                continue
            if answer.get("rejected") or answer["accepted"] != len(events):
                raise AssertionError(f"not taken as a whole: {answer}")
            return


class LedgerTest(centre.CentreTest):

    def setUp(self):
        super().setUp()
        (self.folder / "catalogue.yaml").write_text(CATALOGUE)
        (self.folder / "iocd.yaml").write_text("catalogue: [catalogue.yaml]\n")
        self.ledger = self.folder / "data" / "ledger.sqlite"

    def query(self, sql, path=None):
        connection = sqlite3.connect(f"file:{path or self.ledger}?mode=ro", uri=True, timeout=10)
        try:
            return connection.execute(sql).fetchall()
        finally:
            connection.close()

    def expected(self, senders):
        """{(scope, indicator, period): (sum, events)} of the periods that have ended."""
        today = datetime.datetime.now(ZONE).date()
        sums = collections.defaultdict(lambda: (fractions.Fraction(0), 0))
        for sender in senders:
            for indicator, when, value in sender.acknowledged:
                for period, behind in periods_of(when, INDICATORS[indicator]).items():
                    for scope in (sender.department, "province"):
                        key = (scope, indicator, period)
                        if behind <= today:
                            sums[key] = (sums[key][0] + value, sums[key][1] + 1)
        return dict(sums)

    def kept(self, path=None):
        return {(scope, indicator, period): (value, events)
                for scope, indicator, period, value, events in self.query(
                    "SELECT scope, indicator, period, value, events FROM figures", path)}

    def wait_for_agreement(self, senders):
        centre.wait_until(lambda: self.kept() == self.expected(senders),
                          "the ledger to hold what was acknowledged")

    def written(self):
        """Changes whenever the ledger is written."""
        try:
            log = os.stat(f"{self.ledger}-wal")
            return log.st_mtime_ns, log.st_size
        except FileNotFoundError:
            return None

    def wait_for_write(self, daemon, commits):
        """Returns in the middle of the writes that a start makes."""
        for _ in range(commits):
            before, end = self.written(), time.monotonic() + centre.PATIENCE
            while self.written() == before:
                daemon.child.check_alive()
                self.assertLess(time.monotonic(), end, "the ledger is not written")

    def run_senders(self, daemon):
        senders = [Sender(daemon, department) for department in DEPARTMENTS]
        for sender in senders:
            sender.start()
        for kill in range(KILLS):
            taken = sum(sender.batches for sender in senders)
            for sender in senders:
                sender.may_send.release(BATCHES_PER_KILL)
            centre.wait_until(
                lambda: any(s.failure for s in senders)
                or sum(s.batches for s in senders) > taken + 10, "more acknowledged batches")
            daemon.kill()
            if kill % 2:
                # Its ledger lacks what came before the kill, and is written as soon as it starts.
                daemon.start(wait=False)
                self.wait_for_write(daemon, commits=1 + kill // 2)
                daemon.kill()
            self.assertEqual(self.query("PRAGMA quick_check"), [("ok",)])
            daemon.start()
        for sender in senders:
            sender.stopping.set()
            sender.may_send.release()
        for sender in senders:
            sender.join(centre.PATIENCE)
            self.assertFalse(sender.is_alive(), f"{sender.department} still sends")
            self.assertIsNone(sender.failure, sender.failure)
        return senders

    def test_log_and_ledger_agree_whatever_happens_to_the_daemon(self):
        daemon = self.start_daemon(config=self.folder / "iocd.yaml")
        senders = self.run_senders(daemon)
        self.assertEqual(daemon.stop(), 0)
        self.assertEqual(self.kept(), self.expected(senders), "the last round of a clean stop")
        daemon.start()
        self.wait_for_agreement(senders)
        self.check_revisions()
        self.check_backup(daemon, senders)
        daemon.kill()
        self.check_damage(daemon, senders)

    def check_revisions(self):
        """None was lost, and none is equal to the one before."""
        last = {}
        for *key, revision, value, events, state in self.query(
                "SELECT scope, indicator, period, revision, value, events, state"
                " FROM period_revisions ORDER BY 1, 2, 3, 4"):
            before = last.get(tuple(key), (0, None))
            self.assertEqual(revision, before[0] + 1)
            self.assertNotEqual((value, events, state), before[1])
            last[tuple(key)] = (revision, (value, events, state))

    def check_backup(self, daemon, senders):
        backup, restored = self.folder / "backup", self.folder / "restored"
        done = daemon.iocctl("backup", backup)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(os.listdir(self.folder / "data").count("ledger.backup.sqlite"), 0)
        done = daemon.iocctl("restore", backup, restored)
        self.assertEqual(done.returncode, 0, done.stderr)
        copy = restored / "ledger.sqlite"
        self.assertEqual(self.kept(copy), self.expected(senders))
        tables = ("period_revisions", "history_keys", "waivers")
        for table in tables:
            self.assertEqual(self.query(f"SELECT * FROM {table}", copy),
                             self.query(f"SELECT * FROM {table}"))
        (log,), (ledger,) = ([json.loads((backup / "backup.json").read_text())["position"]],
                             [self.query("SELECT log_position FROM position", copy)[0][0]])
        self.assertLessEqual(ledger, int(log), "the ledger is copied before the log")

    def check_damage(self, daemon, senders):
        for ending in ("-wal", "-shm"):
            (self.folder / f"data/ledger.sqlite{ending}").unlink(missing_ok=True)
        with self.ledger.open("r+b") as ledger:
            ledger.seek(4096)
            ledger.write(os.urandom(8192))
        done = subprocess.run(
            [centre.BIN / "iocd", "--config", daemon.config, "--data-dir", self.folder / "data",
             "--grpc-listen", daemon.grpc, "--http-listen", daemon.http],
            capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, f"(?s)iocd: {self.ledger}: is damaged.*move it away")
        self.ledger.rename(self.folder / "damaged.sqlite")
        daemon.start()
        self.wait_for_agreement(senders)


if __name__ == "__main__":
    unittest.main()
