"""The disk under the data directory is filled to the last byte and freed again, while senders push
and repeat. Nothing that was acknowledged is lost or counted twice, and nobody has to restart anything.

The disk is a small tmpfs in a mount namespace of this test's own, so nothing is left behind however
the test ends.
"""

import http.client
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import threading
import time
import unittest
import urllib.error

import centre

SKIPPED = 77  # the exit code that ctest takes for it
DEPARTMENTS = ("stttt", "stc")  # one for each sender
INDICATOR = "dossiers_received"
EVENTS_PER_BATCH = 400
FULL = "No space left on device"


class Disk:
    """A tmpfs of a few megabytes."""

    def __init__(self, folder, mebibytes):
        self.folder = pathlib.Path(folder)
        self.folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mebibytes}m", "tmpfs", self.folder],
                       check=True)

    def fill(self):
        """Leaves not one byte."""
        with open(self.folder / "filler", "ab", buffering=0) as filler:
            for size in (1 << 20, 4096, 1):
                try:
                    while filler.write(bytes(size)) == size:
                        pass
                except OSError:
                    continue

    def free(self):
        (self.folder / "filler").unlink()

    def grow(self, mebibytes):
        subprocess.run(["mount", "-o", f"remount,size={mebibytes}m", self.folder], check=True)

    def remove(self):
        subprocess.run(["umount", "--lazy", self.folder], check=True)


class Sender(threading.Thread):
    """Pushes batches under rising sequences and repeats each until it is answered."""

    def __init__(self, daemon, department):
        super().__init__(daemon=True)
        self.centre = daemon
        self.department = department
        self.stopping = threading.Event()
        self.may_send = threading.Event()
        self.may_send.set()
        self.resting = threading.Event()
        self.acknowledged = 0   # batches
        self.refusals = 0       # for want of room
        self.failure = None

    def run(self):
        try:
            sequence = 0
            while not self.stopping.is_set():
                sequence += 1
                if self.push_until_answered(self.batch(sequence)):
                    self.acknowledged += 1
        except Exception as failure:  # told by the test's own thread
            self.failure = failure

    def batch(self, sequence):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        event = {"indicator": INDICATOR, "eventTime": when, "value": sequence,
                 "reference": "x" * 128}
        return {"department": self.department, "producer": "e2e", "sequence": str(sequence),
                "events": [event] * EVENTS_PER_BATCH}

    def push_until_answered(self, request):
        while True:
            self.rest()
            try:
                answer = self.centre.push(request)
            except urllib.error.HTTPError as failure:
                text = failure.read().decode()
                if failure.code != 503:
                    raise AssertionError(f"{failure.code}: {text}") from failure
                self.refusals += FULL in text
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                pass  # the daemon is away
            else:
                if answer.get("rejected") or answer["accepted"] != EVENTS_PER_BATCH:
                    raise AssertionError(f"not taken as a whole: {answer}")
                return True
            time.sleep(0.02)

    def rest(self):
        if not self.may_send.is_set():
            self.resting.set()
            self.may_send.wait()
            self.resting.clear()


class FullDiskTest(centre.CentreTest):

    def setUp(self):
        super().setUp()
        self.senders = []

    def mount(self, mebibytes):
        self.disk = Disk(self.folder / "data", mebibytes)
        self.addCleanup(self.disk.remove)

    def make_daemon(self):
        """Takes a snapshot for each quarter of a megabyte of log."""
        config = self.folder / "iocd.yaml"
        shipped = centre.ROOT / "config"
        text = (shipped / "iocd.yaml").read_text()
        for folder in ("calendar/", "son_la_2024/"):
            text = text.replace(f"- {folder}", f"- {shipped}/{folder}")
        config.write_text(text + "snapshots:\n  every_mib: 0.25\n")
        return centre.Daemon(self.folder, config)

    def get(self, daemon, path):
        """(status, text)"""
        try:
            return 200, centre.http_get(f"http://{daemon.http}{path}")
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def wait_for(self, condition, what):
        centre.wait_until(lambda: condition() or any(s.failure for s in self.senders), what)
        for sender in self.senders:
            self.assertIsNone(sender.failure, sender.failure)

    def wait_for_acknowledged(self, more):
        before = [sender.acknowledged for sender in self.senders]
        self.wait_for(lambda: all(s.acknowledged >= b + more
                                  for s, b in zip(self.senders, before)), "acknowledged batches")

    def wait_for_refusals(self):
        """Each sender is refused twice from now on: nothing of it is on its way any more."""
        before = [sender.refusals for sender in self.senders]
        self.wait_for(lambda: all(s.refusals > b + 1 for s, b in zip(self.senders, before)),
                      "refusals for want of room")

    def let_senders_rest(self):
        for sender in self.senders:
            sender.may_send.clear()
        self.wait_for(lambda: all(s.resting.is_set() for s in self.senders), "senders to rest")

    def let_senders_send(self):
        for sender in self.senders:
            sender.may_send.set()

    def check_full(self, daemon):
        code, why = self.get(daemon, "/-/ready")
        self.assertEqual(code, 503, why)
        self.assertIn(FULL, why)
        metrics = daemon.metrics()
        self.assertEqual(metrics["iocd_log_failed", frozenset()], 1)
        code, series = self.get(
            daemon, f"/api/v1/series?department={DEPARTMENTS[0]}&indicator={INDICATOR}")
        self.assertEqual(code, 200, series)

    def check_counted(self, daemon):
        metrics = daemon.metrics()
        for sender in self.senders:
            labels = frozenset({("department", sender.department), ("indicator", INDICATOR),
                                ("window", "24h")})
            batches = sender.acknowledged
            self.assertEqual(metrics["ioc_indicator_events", labels], batches * EVENTS_PER_BATCH)
            self.assertEqual(metrics["ioc_indicator_value", labels],
                             batches * (batches + 1) // 2 * EVENTS_PER_BATCH)

    def test_a_full_disk_stops_nothing_for_good(self):
        self.mount(24)
        daemon = self.keep(self.make_daemon().start())
        self.senders = [Sender(daemon, department) for department in DEPARTMENTS]
        for sender in self.senders:
            sender.start()
        self.wait_for_acknowledged(3)

        # What the log has reserved is still its own; a snapshot finds no room at once.
        self.disk.fill()
        failed = frozenset({("result", "failed")})
        self.wait_for(lambda: daemon.metrics()["iocd_snapshots_total", failed] > 0,
                      "a snapshot that finds no room")
        self.wait_for_refusals()
        self.check_full(daemon)
        for name in os.listdir(self.disk.folder / "snapshots"):
            self.assertRegex(name, r"^\d{20}\.snapshot$")

        # It looks at its log each second; room that is too small for a batch is none.
        self.let_senders_rest()
        time.sleep(2.5)
        self.check_full(daemon)
        self.assertEqual(daemon.metrics()["iocd_log_failures_total", frozenset()], 1)

        # Nobody sends, and yet the daemon finds out that there is room again.
        self.disk.free()
        self.wait_for(lambda: self.get(daemon, "/-/ready")[0] == 200, "the daemon to be ready")
        self.check_counted(daemon)
        self.let_senders_send()
        self.wait_for_acknowledged(3)

        # The same once more, and the daemon is killed on the full disk.
        self.disk.fill()
        self.wait_for_refusals()
        self.let_senders_rest()
        daemon.kill()
        daemon.start()
        self.check_counted(daemon)
        self.let_senders_send()
        self.wait_for_refusals()
        self.check_full(daemon)
        self.disk.free()
        self.wait_for_acknowledged(3)

        for sender in self.senders:
            sender.stopping.set()
        self.wait_for(lambda: not any(s.is_alive() for s in self.senders), "the senders' end")
        self.check_counted(daemon)
        daemon.kill()
        daemon.start()
        self.check_counted(daemon)
        self.assertEqual(daemon.stop(), 0)

    def test_on_a_disk_that_is_full_from_the_first_byte_it_says_so_and_ends(self):
        self.mount(1)
        self.disk.fill()
        daemon = self.make_daemon()
        command = [centre.BIN / "iocd", "--config", daemon.config, "--data-dir", self.disk.folder,
                   "--grpc-listen", daemon.grpc, "--http-listen", daemon.http]
        done = subprocess.run(list(map(str, command)), capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, rf"iocd: .*{self.disk.folder}.*{FULL}")
        self.disk.free()
        self.keep(daemon.start())
        answer = daemon.push(Sender(daemon, DEPARTMENTS[0]).batch(1))
        self.assertEqual(answer["accepted"], EVENTS_PER_BATCH)

        # The ledger leaves what little there is to the log, and is written once there is more.
        failures = ("iocd_ledger_failures_total", frozenset())
        self.wait_for(lambda: daemon.metrics()[failures] > 0, "the ledger to find no room")
        newest = ("iocd_ledger_last_update_timestamp_seconds", frozenset())
        opened = daemon.metrics()[newest]
        self.disk.grow(96)
        self.wait_for(lambda: daemon.metrics()[newest] > opened, "the ledger to be written")


def enter_own_mounts():
    """Runs this program again where it may mount; ends it if that is not permitted."""
    if os.environ.get("IOC_OWN_MOUNTS"):
        return
    user = [] if os.geteuid() == 0 else ["--user", "--map-root-user"]
    unshare = ["unshare", *user, "--mount", "--propagation", "private"]
    with tempfile.TemporaryDirectory() as place:
        tried = subprocess.run([*unshare, "mount", "-t", "tmpfs", "tmpfs", place],
                               capture_output=True, text=True, check=False)
    if tried.returncode != 0:
        print(f"SKIPPED: this machine lets nobody mount a small disk here: {tried.stderr.strip()}")
        sys.exit(SKIPPED)
    os.execvpe("unshare", [*unshare, sys.executable, *sys.argv],
               os.environ | {"IOC_OWN_MOUNTS": "1"})


if __name__ == "__main__":
    enter_own_mounts()
    unittest.main()
