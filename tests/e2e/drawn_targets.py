"""A catalogue of some hundred drawn targets, and values that bring each rule of their status about."""

import datetime
import random
from fractions import Fraction

import yaml

DEPARTMENTS = ("d0", "d1")
# unit, kind, step in which quantities are drawn
KINDS = (("index", "reported", Fraction(1, 2)), ("percent", "coverage", Fraction(1, 10_000)),
         ("percentage_point", "reported", Fraction(1, 100)), ("rank", "rank", Fraction(1)),
         ("piece", "stock", Fraction(1)))
# Of targets to maintain: days from today to the deadline and to the latest figure (None: none but
# those of the periods before), whether one of these failed, whether the latest does.
MAINTAINED = ((400, -3, False, False), (400, -3, True, False), (400, -3, False, True),
              (None, -3, True, False), (-20, -45, False, False), (-20, -45, True, False),
              (-40, -3, False, False), (-40, -3, False, True), (-40, -3, True, False),
              (400, None, False, False), (-20, -45, False, True))


def text_of(value, unit):
    if unit == "percent":
        return f"{float(value * 100):.4f}%"
    return f"{float(value):.4f}"


class DrawnTargets:
    """`indicators` and `targets` as they stand in the YAML file; `sends` is a list of (department,
    indicator, day, hour, value), to be sent in this order."""

    def __init__(self, seed, today):
        self.random = random.Random(seed)
        self.today = today
        self.indicators, self.targets, self.sends = [], [], []
        for kind in KINDS:
            for number in range(60):
                self.draw(number, *kind)
            for number in range(33):
                self.draw_maintained(number, *kind)

    def write(self, path):
        path.write_text(yaml.dump({
            "territory": {"code": "drawn", "name_vi": "thử", "name_en": "test"},
            "departments": [{"code": code, "name_vi": code, "name_en": code, "kind": "so"}
                            for code in DEPARTMENTS],
            "indicators": self.indicators, "targets": self.targets}), encoding="utf-8")

    def day(self, offset):
        return self.today + datetime.timedelta(days=offset)

    def indicator(self, unit, kind, cadence):
        """A new one, and the sign of its direction."""
        lower = self.random.random() < 0.5
        code = f"i{len(self.indicators)}"
        reporters = "all" if kind == "stock" else "owner"
        self.indicators.append({
            "code": code, "name_vi": code, "name_en": code, "kind": kind, "unit": unit,
            "direction": "lower" if lower else "higher", "cadence": cadence,
            "reporters": reporters, "owner": "d1",
            "calendar": self.random.choice(("civil", "admin"))})
        return code, -1 if lower else 1

    def target(self, code, unit, sign, value, **more):
        strict = self.random.random() < 0.3
        self.targets.append({
            "indicator": code, "value": text_of(value, unit), "document": "Drawn",
            "operator": {1: (">=", ">"), -1: ("<=", "<")}[sign][strict],
            "document_date": str(self.day(-3000)),
            **({"scope": "d1"} if self.random.random() < 0.3 else {}), **more})

    def send(self, code, kind, day, hour, value):
        # A roll-up of two: most of it is the owner's, so that every target finds something.
        if kind == "stock" and self.targets[-1].get("scope") is None and value >= 2:
            self.sends.append(("d0", code, day, hour, Fraction(1)))
            value -= 1
        self.sends.append(("d1", code, day, hour, value))

    def draw(self, number, unit, kind, step):
        """A way from 100 days or so ago; the value is put where a rule begins or ends."""
        code, s = self.indicator(unit, kind, self.random.choice(("monthly", "yearly")))
        base = step * self.random.randrange(2_000, 4_000)
        half = step * 20 * self.random.randrange(1, 30)
        epsilon = step * self.random.choice((0, 1, 5, 5, 300))
        goal = base + s * 2 * half
        # Half of the way has gone on the day of the value, unless the case says otherwise.
        gone, whole = 100, 200
        more = {"tolerance": text_of(epsilon, unit)}
        value = base + s * half * Fraction(self.random.randrange(-10, 40), 20)
        case = number % 20
        if case == 0:
            value = None
        elif case == 1:
            value = goal
        elif case == 2:
            more["deadline"] = "none"
            value = goal - s * step
        elif case == 3:
            whole = 100
            value = goal - s * step
        elif case == 4:
            gone, whole = 60, 80
            value = goal - s * step
        elif case == 5:
            more["baseline"] = "none"
            value = goal - s * step
        elif case == 6:
            goal = base if number % 40 == 6 else base - s * half
            value = goal - s * step
        elif case == 7:
            value = base - s * (epsilon + step)
        elif case == 8:
            value = base - s * epsilon
        elif case == 9:
            gone, value = 3, base
        elif case in (10, 11):
            epsilon = min(epsilon, half / 2)
            more["tolerance"] = text_of(epsilon, unit)
            value = base + s * (half - epsilon - step * (case - 10))
        elif case == 12:
            epsilon = half * Fraction(3, 2)
            more["tolerance"] = text_of(epsilon, unit)
            gone, value = 180, base + s * step
        elif case in (13, 14, 15, 16):
            more["tolerance"] = text_of(Fraction(0), unit)
            value = base + s * (half * Fraction((18, 18, 14, 14)[case - 13], 20)
                                - step * (case % 2 == 0))
        elif case in (17, 18):
            more["milestones"] = [
                {"date": str(self.day(-150)), "value": text_of(base + s * half / 2, unit)},
                {"date": str(self.day(20)), "value": text_of(base + s * half, unit)}]
        elif case == 19:
            more["stretch"] = text_of(goal + s * half, unit)
            gone = self.random.randrange(15, 199)
        late = self.random.randrange(0, 60) if case not in (4,) else 30
        # The value is `late` days old; the way began `gone` days before it.
        begin = self.day(-late - gone)
        if case in (17, 18):
            begin = self.day(-200)
        more.setdefault("deadline", str(begin + datetime.timedelta(days=whole)))
        if case in (17, 18):
            more["deadline"] = str(self.day(40 + number))
        more.setdefault("baseline", {"value": text_of(base, unit), "date": str(begin)})
        self.target(code, unit, s, goal, **more)
        if value is not None:
            self.send(code, kind, self.day(-late), 0, value)

    def draw_maintained(self, number, unit, kind, step):
        """Figures of periods before, on days that lie well inside them, and a latest one."""
        cadence = ("realtime", "monthly", "quarterly", "yearly")[number % 4]
        code, s = self.indicator(unit, kind, cadence)
        goal = step * self.random.randrange(2_000, 4_000)
        deadline, last, failed_before, fails = MAINTAINED[number % len(MAINTAINED)]
        more = {"trajectory": "maintain",
                "deadline": "none" if deadline is None else str(self.day(deadline))}
        if self.random.random() < 0.5:
            more["baseline"] = {"value": text_of(goal, unit),
                                "date": str(self.day(-self.random.randrange(1000, 1400)))}
        self.target(code, unit, s, goal, **more)
        apart = {"quarterly": 91, "yearly": 365}.get(cadence, 30)
        for ago in range(1500, 60, -apart):
            day = self.day(-ago).replace(day=self.random.choice((5, 10, 20, 25)))
            missing = self.random.random() < 0.2
            bad = failed_before and (700 < ago < 1000 or self.random.random() < 0.05)
            if bad or not missing:
                self.send(code, kind, day, 9, goal - s * step if bad else goal + s * step)
        if last is not None:
            self.send(code, kind, self.day(last), 9, goal - s * step if fails else goal + s * step)
