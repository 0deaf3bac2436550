"""What the targets of a catalogue stand at, computed a second time: from the specification, in exact
fractions, from the catalogue's YAML files and from what a test has sent. Nothing here comes from the
daemon.
"""

import collections
import datetime
import pathlib
from fractions import Fraction

import yaml

SECOND = 10**9
DAY = 86_400 * SECOND
ZONE = 7 * 3_600 * SECOND  # +07:00, all year
WINDOW_BUCKETS, BUCKET = 120, 21_600 * SECOND  # 30 days in buckets of six hours
WINDOWED = {"flow", "ratio", "duration"}
NOISE = Fraction(1, 10**9)
EPSILON = {"percent": Fraction("0.0005"), "percentage_point": Fraction("0.05"), "rank": Fraction(1)}


def midnight(date):
    """The instant with which a day begins, in nanoseconds since the epoch."""
    return (date - datetime.date(1970, 1, 1)).days * DAY - ZONE


def date_of(text):
    """A day, or for a year the one after its end."""
    if len(text) == 4:
        return datetime.date(int(text) + 1, 1, 1)
    return datetime.date.fromisoformat(text)


def quantity(text, unit):
    if unit == "percent":
        assert text.endswith("%"), text
        return Fraction(text[:-1]) / 100
    return Fraction(text)


Event = collections.namedtuple("Event", "time first second")
# What the parts of a combination hold: `second` is None where a value came alone.
Part = collections.namedtuple("Part", "first second time count")


class Catalogue:
    """The files that an iocd.yaml names, with every scalar as the text that was written."""

    def __init__(self, config):
        config = pathlib.Path(config)
        self.departments, self.indicators, self.targets, self.sets = {}, {}, [], {}
        for name in yaml.load(config.read_text(), yaml.BaseLoader)["catalogue"]:
            data = yaml.load((config.parent / name).read_text(), yaml.BaseLoader)
            self.departments |= {d["code"]: d for d in data.get("departments", [])}
            self.indicators |= {i["code"]: i for i in data.get("indicators", [])}
            self.sets |= {s["code"]: [m["code"] for m in s["members"]]
                          for s in data.get("member_sets", [])}
            self.targets += [Target(t, self) for t in data.get("targets", [])]

    def reporters(self, indicator):
        who = indicator.get("reporters", "owner")
        if who == "owner":
            return [indicator["owner"]]
        return [code for code, d in self.departments.items() if who == "all" or d["kind"] in who]

    def members(self, indicator):
        return self.sets[indicator["members"]] if "members" in indicator else [None]

    def superseded_by(self, target):
        newer = [t for t in self.targets if t.key == target.key and t.dated > target.dated]
        return min(newer, key=lambda t: t.dated) if newer else None


class Target:
    def __init__(self, item, catalogue):
        self.indicator = catalogue.indicators[item["indicator"]]
        self.scope = item.get("scope", "province")
        unit = self.indicator["unit"]
        self.operator, self.deadline_text = item["operator"], item["deadline"]
        self.value = quantity(item["value"], unit)
        self.deadline = None
        if item["deadline"] != "none":
            date = date_of(item["deadline"])
            if len(item["deadline"]) == 4 and self.indicator.get("calendar") == "admin":
                date = datetime.date(int(item["deadline"]), 12, 15)
            self.deadline = midnight(date)
        self.baseline = self.begin = None
        if item.get("baseline", "none") != "none":
            self.baseline = quantity(item["baseline"]["value"], unit)
            self.begin = midnight(date_of(item["baseline"]["date"]))
        self.epsilon = EPSILON.get(unit, Fraction(0))
        if "tolerance" in item:
            self.epsilon = quantity(item["tolerance"], unit)
        self.maintain = item.get("trajectory") == "maintain"
        self.milestones = [(midnight(date_of(m["date"])), quantity(m["value"], unit))
                           for m in item.get("milestones", [])]
        self.document, self.dated = item["document"], item["document_date"]
        self.key = self.scope, self.indicator["code"], self.deadline
        self.sign = -1 if self.indicator["direction"] == "lower" else 1


class Values:
    """What was sent, in its order."""

    def __init__(self, catalogue):
        self.catalogue = catalogue
        self.series = collections.defaultdict(list)

    def add(self, department, indicator, member, event):
        self.series[department, indicator, member].append(event)

    def _part(self, key, kind, begin, end):
        """What the events of one series in [begin, end) come to."""
        events = [e for e in self.series.get(key, []) if begin <= e.time < end]
        if not events:
            return None
        if kind in WINDOWED:
            second = sum(e.second for e in events) if kind == "ratio" else None
            return Part(sum(e.first for e in events), second, None, len(events))
        newest = max(e.time for e in events)
        last = [e for e in events if e.time == newest][-1]
        return Part(last.first, last.second, last.time, 1)

    def department(self, code, indicator, begin, end):
        kind = indicator["kind"]
        members = self.catalogue.members(indicator)
        parts = [self._part((code, indicator["code"], m), kind, begin, end) for m in members]
        return parts[0] if members == [None] else combine(indicator, parts)

    def province(self, indicator, begin, end):
        if "fed_by" in indicator:
            indicator = self.catalogue.indicators[indicator["fed_by"]]
        reporters = self.catalogue.reporters(indicator)
        parts = [self.department(code, indicator, begin, end) for code in reporters]
        owned = indicator.get("reporters", "owner") == "owner"
        return parts[0] if owned else combine(indicator, parts)

    def of(self, target, begin, end):
        """Value in [begin, end) and the end of its data, or None."""
        indicator = target.indicator
        if target.scope == "province":
            part = self.province(indicator, begin, end)
        else:
            part = self.department(target.scope, indicator, begin, end)
        value = number(indicator["kind"], part)
        return None if value is None else (value, part.time)


def number(kind, part):
    if part is None:
        return None
    if kind == "ratio" or (kind == "coverage" and part.second is not None):
        return part.first / part.second if part.second else None
    return part.first / part.count if kind == "duration" else part.first


def combine(indicator, parts):
    """Over members or departments; None where nothing combines."""
    kind = indicator["kind"]
    parts = [p for p in parts if number(kind, p) is not None]
    if not parts or kind in ("rank", "reported"):
        return None
    time = None if kind in WINDOWED else min(p.time for p in parts)
    count = sum(p.count for p in parts)
    if kind == "worst":
        worst = max if indicator["direction"] == "lower" else min
        return Part(worst(p.first for p in parts), None, time, count)
    if kind == "coverage" and any(p.second is None for p in parts):
        return None
    if kind == "score":
        weight = sum(p.second for p in parts)
        mean = sum(p.first * p.second for p in parts) / weight if weight else None
        return None if mean is None else Part(mean, weight, time, count)
    second = sum(p.second for p in parts) if kind in ("ratio", "coverage") else None
    return Part(sum(p.first for p in parts), second, time, count)


def shift(date, months):
    number_of_month = date.year * 12 + date.month - 1 + months
    return datetime.date(number_of_month // 12, number_of_month % 12 + 1, date.day)


def start_of(target):
    return target.begin if target.begin is not None else midnight(date_of(target.dated))


def periods_before(target, end):
    """(begin, end) of the periods of the indicator's cadence that ended by `end`, back to the first
    that ended after the baseline or the document."""
    months = {"yearly": 12, "quarterly": 3}.get(target.indicator["cadence"], 1)
    begin = (datetime.date(1980, 1, 1) if target.indicator.get("calendar") != "admin"
             else datetime.date(1979, 12, 15))
    while midnight(shift(begin, months)) <= end:
        if midnight(shift(begin, months)) > start_of(target):
            yield midnight(begin), midnight(shift(begin, months))
        begin = shift(begin, months)


def met(target, value):
    lead = target.sign * (value - target.value)
    noise = NOISE * max(abs(value), abs(target.value))
    return lead > noise if target.operator in (">", "<") else lead >= -noise


def expected_at(target, time):
    points = [(target.begin, target.baseline), *target.milestones,
              (target.deadline, target.value)]
    for (t_a, v_a), (t_b, v_b) in zip(points, points[1:]):
        if time < t_b:
            return v_a + (v_b - v_a) * Fraction(max(time, t_a) - t_a, t_b - t_a)
    return target.value


Standing = collections.namedtuple(
    "Standing", "status rule actual time gap expected shortfall pace forecast",
    defaults=[None] * 7)


def assess(target, values, now):
    """Status with the rule that gave it, and the figures beside it."""
    reported = target.indicator
    if target.scope == "province" and "fed_by" in reported:
        reported = values.catalogue.indicators[reported["fed_by"]]
    windowed = reported["kind"] in WINDOWED
    begin, end = 0, now + 3_600 * SECOND
    if windowed:
        end = (now // BUCKET + 1) * BUCKET
        begin = end - WINDOW_BUCKETS * BUCKET
    found = values.of(target, begin, end)
    if found is None:
        return Standing("no_data", "1")
    value, time = found
    time = now if windowed else time
    known = {"actual": value, "time": time, "gap": target.sign * (target.value - value)}
    if target.maintain:
        return Standing(*maintained(target, values, value, time, now), **known)
    if met(target, value):
        return Standing("achieved", "2", **known)
    if target.deadline is None:
        return Standing("no_deadline", "3", **known)
    if time >= target.deadline:
        return Standing("missed", "4", **known)
    if now >= target.deadline:
        return Standing("awaiting_final", "5", **known)
    if target.baseline is None:
        return Standing("no_baseline", "6", **known)
    return on_course(target, value, time, known)


def maintained(target, values, value, time, now):
    """Status and rule of a target that must hold in every period."""
    if target.deadline is None:
        return "no_deadline", "m2"
    earlier = [values.of(target, *period) for period in periods_before(target, time)]
    held = all(met(target, found[0]) for found in earlier
               if found is not None and (found[1] is None or found[1] > start_of(target)))
    if time >= target.deadline:
        good = held and met(target, value)
        return ("achieved", "m3") if good else ("missed", "m3 failed" if held else "m3 before")
    if not met(target, value):
        return "lagging", "m4"
    if now >= target.deadline:
        return "awaiting_final", "m5"
    return ("on_track", "m7") if held else ("at_risk", "m6")


def on_course(target, value, time, known):
    """Rules 7 to 11."""
    s, v_0, epsilon = target.sign, target.baseline, target.epsilon
    tau = Fraction(time - target.begin, target.deadline - target.begin)
    tau = min(max(tau, Fraction(0)), Fraction(1))
    expected = expected_at(target, time)
    d, gain = s * (expected - value), s * (target.value - v_0)
    known |= {"expected": expected, "shortfall": d}
    pace = None
    if gain > 0:
        p_e = s * (expected - v_0) / gain
        if p_e > 0 and tau >= Fraction(5, 100):
            pace = s * (value - v_0) / gain / p_e
            known |= {"pace": pace, "forecast": v_0 + (value - v_0) / p_e}
    k = max(Fraction(0), (tau - Fraction(3, 4)) * 4)
    if gain <= 0 or s * (value - v_0) < -epsilon:
        return Standing("regressed", "7 G" if gain <= 0 else "7 V", **known)
    if tau < Fraction(5, 100):
        return Standing("too_early", "8", **known)
    if d <= epsilon:
        return Standing("on_track", "9 exactly" if d == epsilon > 0 else "9", **known)
    if gain < 2 * epsilon:
        return Standing("lagging", "10", **known)
    high, low = Fraction(9, 10) + k / 10, Fraction(7, 10) + k / 5
    if pace is None or pace >= high:
        return Standing("on_track", "11 exactly" if pace == high else "11", **known)
    if pace >= low:
        return Standing("at_risk", "11 low exactly" if pace == low else "11 low", **known)
    return Standing("lagging", "11 below", **known)
