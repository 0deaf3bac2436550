"""Every target stands where the specification says, at each door: /metrics, GetScorecard over HTTP,
`iocctl status --json` and `iocctl targets --json`, against the computation of target_model.py."""

import collections
import csv
import datetime
import json
import math
import random
import time
import unittest
from fractions import Fraction

import centre
import drawn_targets
import target_model
import yaml
from target_model import DAY, SECOND, WINDOWED, ZONE, Event, date_of, midnight, quantity

CONFIG = centre.ROOT / "config"
OPERATORS = {">=": "ge", ">": "gt", "<=": "le", "<": "lt"}
METRICS = {"actual": "actual", "expected": "expected", "shortfall": "shortfall",
           "pace": "pace_ratio", "forecast": "forecast"}
RULES = {"1", "2", "3", "4", "5", "6", "7 G", "7 V", "8", "9", "9 exactly", "10", "11", "11 exactly",
         "11 low", "11 low exactly", "11 below", "m2", "m3", "m3 failed", "m3 before", "m4", "m5",
         "m6", "m7"}


def nanoseconds(text):
    """Of a time in protobuf's JSON form."""
    whole, _, fraction = text.rstrip("Z").partition(".")
    moment = datetime.datetime.fromisoformat(whole).replace(tzinfo=datetime.timezone.utc)
    return int(moment.timestamp()) * SECOND + int(fraction.ljust(9, "0") or 0)


def text_of(instant):
    moment = datetime.datetime.fromtimestamp(instant // SECOND, datetime.timezone.utc)
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def day_of(instant):
    """The day, +07:00, in which it lies."""
    return datetime.date(1970, 1, 1) + datetime.timedelta(days=(instant + ZONE) // DAY)


class TargetsTest(centre.CentreTest):

    def begin(self, config):
        self.catalogue = target_model.Catalogue(config)
        self.values = target_model.Values(self.catalogue)
        self.sequences = collections.Counter()
        self.batches = collections.defaultdict(list)
        self.rules = collections.Counter()
        self.daemon = self.start_daemon(config=config)

    # --- Sending, to the daemon and to the model ---

    def put(self, department, code, instant, first, second=None, member=None):
        """Adds an event to the department's next batch."""
        kind = self.catalogue.indicators[code]["kind"]
        event = {"indicator": code, "eventTime": text_of(instant)}
        if member:
            event["member"] = member
        if kind in ("ratio", "coverage") and second is not None:
            event["ratio"] = {"numerator": float(first), "denominator": float(second)}
        else:
            event["value"] = float(first)
        if kind == "score":
            event["weight"] = float(second)
        self.batches[department].append(event)
        self.values.add(department, code, member,
                        Event(instant, Fraction(first), None if second is None else Fraction(second)))

    def send(self):
        for department, events in self.batches.items():
            self.sequences[department] += 1
            answer = self.daemon.push({"department": department, "producer": "e2e",
                                       "sequence": str(self.sequences[department]), "events": events})
            self.assertEqual((answer["accepted"], answer["rejected"]), (len(events), []))
        self.batches.clear()

    # --- Comparing ---

    def alike(self, shown, figure, target, what):
        """A figure that was computed in doubles beside the exact one."""
        if figure is None:
            self.assertIsNone(shown, what)
            return
        self.assertIsNotNone(shown, what)
        scale = 1 if what == "pace" else max(abs(target.value), abs(target.baseline or 0))
        self.assertTrue(math.isclose(shown, figure, rel_tol=1e-9, abs_tol=1e-9 * float(scale)),
                        f"{what}: {shown} is not {float(figure)}")

    def compare_row(self, row, target, now):
        due = target_model.assess(target, self.values, now)
        self.rules[due.rule] += 1
        self.assertEqual(row["status"], due.status, f"by rule {due.rule}: {row}")
        for name, key in (("actual", "actual"), ("gap", "gap"), ("expected", "expected"),
                          ("shortfall", "shortfall"), ("pace", "paceRatio"),
                          ("forecast", "forecast")):
            self.alike(row.get(key), getattr(due, name), target, name)
        shown_time = row.get("actualTime")
        self.assertEqual(shown_time and nanoseconds(shown_time), due.time)
        self.assertEqual(row["targetValue"], float(target.value))
        self.assertEqual(row["operator"], OPERATORS[target.operator])
        self.assertEqual(row.get("baseline"),
                         None if target.baseline is None else float(target.baseline))
        deadline = row.get("deadline")
        self.assertEqual(deadline and nanoseconds(deadline), target.deadline)
        self.assertEqual(row["tolerance"], float(target.epsilon))
        self.assertEqual(row["trajectory"], "maintain" if target.maintain else "linear")
        self.assertEqual([(m["date"], m["value"]) for m in row["milestones"]],
                         [(str(day_of(t)), float(v)) for t, v in target.milestones])

    def compare_rows(self, answer, superseded=False):
        """Of a scorecard, a status or a list of targets."""
        now = nanoseconds(answer["time"])
        wanted = {}
        for target in self.catalogue.targets:
            newer = self.catalogue.superseded_by(target)
            if newer is None or superseded:
                key = target.scope, target.indicator["code"], target.deadline_text, target.document
                wanted[key] = target, newer.document if newer else ""
        rows = {(r["scope"], r["indicator"], r["target"], r["document"]): r
                for r in answer["targets"]}
        self.assertEqual(rows.keys(), wanted.keys())
        for key, (target, newer) in wanted.items():
            with self.subTest(key):
                self.compare_row(rows[key], target, now)
                self.assertEqual(rows[key]["supersededBy"], newer)

    def compare_metrics(self):
        before = time.time_ns()
        metrics = self.daemon.metrics()
        # Only the 30 days up to now depend on when exactly the page was made.
        now = (before + time.time_ns()) // 2
        shown = collections.defaultdict(dict)
        for (family, labels), value in metrics.items():
            labels = dict(labels)
            if family == "ioc_target_status" and value == 1:
                family = labels["status"]
            if "target" in labels:
                shown[labels["scope"], labels["indicator"], labels["target"]][family] = value
        for target in self.catalogue.targets:
            if self.catalogue.superseded_by(target) is not None:
                continue
            key = target.scope, target.indicator["code"], target.deadline_text
            with self.subTest("/metrics", key=key):
                due = target_model.assess(target, self.values, now)
                self.assertIn(due.status, shown[key], f"by rule {due.rule}")
                self.assertEqual(shown[key]["ioc_target_value"], float(target.value))
                for name, family in METRICS.items():
                    sample, figure = shown[key].get(f"ioc_target_{family}"), getattr(due, name)
                    self.assertEqual(sample is None, figure is None, family)
                    if figure is not None:
                        self.assertAlmostEqual(sample, float(figure), delta=1e-6 * max(
                            1, abs(target.value)), msg=family)

    def compare_departments(self, command, rows):
        """What the command shows of a department: what of everything is of its scope or its own."""
        for department in {row["owner"] for row in rows} - {""}:
            done = self.daemon.iocctl(*command, "--json", "--scope", department)
            self.assertEqual(done.returncode, 0, done.stderr)
            shown = [(r["scope"], r["indicator"], r["target"], r["document"])
                     for r in json.loads(done.stdout)["targets"]]
            self.assertEqual(shown, [(r["scope"], r["indicator"], r["target"], r["document"])
                                     for r in rows if department in (r["scope"], r["owner"])])

    def compare_everywhere(self):
        scorecard = centre.http_get(f"http://{self.daemon.http}/api/v1/scorecard")
        self.compare_rows(json.loads(scorecard))
        for command, superseded in ((["status"], False), (["targets"], False),
                                    (["targets", "--all"], True)):
            done = self.daemon.iocctl(*command, "--json")
            self.assertEqual(done.returncode, 0, done.stderr)
            self.compare_rows(json.loads(done.stdout), superseded)
            self.compare_departments(command, json.loads(done.stdout)["targets"])
        self.compare_metrics()

    # --- Son La ---

    def import_figures(self):
        path = CONFIG / "son_la_2024/figures.tsv"
        done = self.daemon.iocctl("import", path)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
        for row in csv.DictReader(lines, delimiter="\t"):
            unit = self.catalogue.indicators[row["indicator"]]["unit"]
            self.values.add(row["department"], row["indicator"], row["member"] or None,
                            Event(midnight(date_of(row["date"])), quantity(row["value"], unit), None))

    def put_drawn(self, draw):
        """One more value for everything that a target is held against."""
        now = time.time_ns() // SECOND * SECOND
        days = [midnight(date_of(text)) for text in ("2021", "2022", "2024", "2025-06-30", "2025")]
        for indicator in {t.indicator["code"]: t.indicator for t in self.catalogue.targets}.values():
            indicator = self.catalogue.indicators[indicator.get("fed_by", indicator["code"])]
            kind = indicator["kind"]
            instant = draw.choice([d for d in days if d < now] + [now - 3_600 * SECOND])
            if kind in WINDOWED:
                instant = now - draw.randrange(1, 29) * DAY
            for reporter in self.catalogue.reporters(indicator):
                for member in self.catalogue.members(indicator):
                    if draw.random() < 0.2:
                        continue
                    first, second = Fraction(draw.randrange(0, 10_001), 10_000), None
                    if kind in ("ratio", "coverage"):
                        second = Fraction(draw.randrange(1, 200))
                        first = Fraction(draw.randrange(int(second) + 1))
                    elif kind == "score":
                        second = Fraction(draw.randrange(1, 50))
                    elif indicator["unit"] != "percent":
                        first = Fraction(draw.randrange(1, 5))
                    self.put(reporter, indicator["code"], instant, first, second, member)
        self.send()

    def test_the_21_targets_of_son_la(self):
        self.begin(CONFIG / "iocd.yaml")
        self.assertEqual(len(self.catalogue.targets), 21)
        self.compare_everywhere()
        self.assertEqual(self.rules.keys(), {"1"})
        self.import_figures()
        self.compare_everywhere()
        draw = random.Random(811)
        for _ in range(4):
            self.put_drawn(draw)
            self.compare_everywhere()

    def test_the_demonstration(self):
        self.begin(CONFIG / "demo/iocd.yaml")
        scenario = yaml.load((CONFIG / "demo/scenario.yaml").read_text(), yaml.BaseLoader)
        now = time.time_ns() // SECOND * SECOND
        for code, sent in scenario["indicators"].items():
            indicator = self.catalogue.indicators[code]
            for reporter in self.catalogue.reporters(indicator):
                for member in self.catalogue.members(indicator):
                    level = {**sent, **sent.get("departments", {}).get(reporter, {}),
                             **sent.get("members", {}).get(member, {})}
                    as_of = level.get("as_of")
                    instant = midnight(date_of(as_of)) if as_of else now - 3_600 * SECOND
                    if instant > now:
                        continue
                    second = Fraction(level["weight"]) if "weight" in level else None
                    first = quantity(level.get("value", level.get("share")), indicator["unit"])
                    if "share" in level:
                        second = Fraction(level.get("denominator", 1))
                        first *= second
                    self.put(reporter, code, instant, first, second, member)
        self.send()
        self.compare_everywhere()

    # --- Drawn ---

    def test_drawn_targets_reach_every_rule(self):
        today = day_of(time.time_ns())
        drawn = drawn_targets.DrawnTargets(20240504, today)
        drawn.write(self.folder / "catalogue.yaml")
        config = self.folder / "iocd.yaml"
        config.write_text("catalogue: [catalogue.yaml]\n")
        self.begin(config)
        for department, code, day, hour, value in drawn.sends:
            self.put(department, code, midnight(day) + hour * 3_600 * SECOND, value)
        self.send()
        self.compare_everywhere()
        self.assertEqual(RULES - self.rules.keys(), set(), self.rules)


if __name__ == "__main__":
    unittest.main()
