"""What every alert must have: severity, owner, words in both languages, a section of the runbook, and
tests that it fires, that it does not, and that it ends."""

import re
import unittest

import yaml

import centre
import rule_queries

RULES = centre.ROOT / "config/prometheus/rules"
TESTS = centre.ROOT / "tests/e2e/rules"
# What data say: all but the daemon's own state is worth nothing where they are simulated.
OF_DATA = {"targets.yml", "reports.yml", "figures.yml"}
SIMULATED = '{{ with query "max(ioc_department_simulated) == 1" }}MÔ PHỎNG / SIMULATED: {{ end -}}'
TEXTS = {"summary", "summary_vi", "description", "description_vi", "runbook_url"}
VIETNAMESE = re.compile("[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]")


def rules():
    """(file, rule) of every rule."""
    for path in sorted(RULES.glob("*.yml")):
        for group in yaml.safe_load(path.read_text(encoding="utf-8"))["groups"]:
            for rule in group["rules"]:
                yield path.name, rule


def alerts():
    return [(file, rule) for file, rule in rules() if "alert" in rule]


def steps():
    """(alert, whether it is expected to fire) of each step of each test, in their order."""
    for path in sorted(TESTS.glob("*.yml")):
        for test in yaml.safe_load(path.read_text(encoding="utf-8"))["tests"]:
            by_alert = {}
            for step in test.get("alert_rule_test", ()):
                by_alert.setdefault(step["alertname"], []).append(bool(step["exp_alerts"]))
            yield from by_alert.items()


class AlertTextsTest(unittest.TestCase):

    def test_every_alert_says_how_bad_it_is_and_whose(self):
        for file, rule in alerts():
            with self.subTest(f"{file}: {rule['alert']}"):
                self.assertIn(rule["labels"]["severity"], ("critical", "warning", "info"))
                self.assertIn(rule["labels"]["owner"], (
                    "operators", "{{ $labels.department }}", '{{ or $labels.owner "operators" }}'))

    def test_every_alert_speaks_both_languages(self):
        for file, rule in alerts():
            with self.subTest(f"{file}: {rule['alert']}"):
                texts = rule["annotations"]
                self.assertEqual(set(texts), TEXTS)
                for name in ("summary", "description"):
                    self.assertRegex(texts[f"{name}_vi"], VIETNAMESE)
                    self.assertNotRegex(texts[name], VIETNAMESE)

    def test_every_alert_on_data_says_first_where_they_are_simulated(self):
        for file, rule in alerts():
            if file in OF_DATA:
                with self.subTest(f"{file}: {rule['alert']}"):
                    for name in ("summary", "summary_vi"):
                        self.assertTrue(rule["annotations"][name].startswith(SIMULATED))

    def test_every_alert_has_its_section_of_the_runbook_and_every_section_its_alert(self):
        runbook = (centre.ROOT / "docs/runbook.md").read_text(encoding="utf-8")
        sections = re.split(r"^## ", runbook, flags=re.MULTILINE)[1:]
        titles = [section.partition("\n")[0] for section in sections]
        self.assertEqual(sorted(titles), sorted({rule["alert"] for _, rule in alerts()}))
        for file, rule in alerts():
            self.assertEqual(rule["annotations"]["runbook_url"],
                             f"docs/runbook.md#{rule['alert'].lower()}", file)
        for title, section in zip(titles, sections):
            with self.subTest(title):
                self.assertIn("**Ý nghĩa.**", section)
                self.assertRegex(section, r"\*\*(Làm|Xem và làm)\.\*\*")

    def test_every_alert_is_tested_to_fire_to_be_silent_and_to_end(self):
        tested = list(steps())
        for name in {rule["alert"] for _, rule in alerts()}:
            courses = ["".join("fires " if fires else "silent " for fires in course)
                       for alert, course in tested if alert == name]
            with self.subTest(name):
                self.assertTrue(any("silent fires " in course for course in courses), courses)
                self.assertTrue(any("fires silent " in course for course in courses), courses)

    def test_every_file_of_tests_runs(self):
        listing = (centre.ROOT / "tests/e2e/CMakeLists.txt").read_text(encoding="utf-8")
        names = re.search(r"foreach\(rules ([^)]*)\)", listing).group(1).split()
        self.assertEqual(sorted(names), sorted(path.stem for path in TESTS.glob("*.yml")))

    def test_what_is_taken_as_recorded_is(self):
        recorded = {rule["record"] for _, rule in rules() if "record" in rule}
        for file, rule in rules():
            texts = rule["expr"] + str(rule.get("annotations", ""))
            self.assertLessEqual(set(rule_queries.recorded_of(texts)), recorded, file)

    def test_every_recorded_series_is_tested(self):
        tests = "".join(path.read_text(encoding="utf-8") for path in TESTS.glob("*.yml"))
        used = "".join(rule["expr"] for _, rule in alerts()) + tests
        for file, rule in rules():
            if "record" in rule:
                with self.subTest(f"{file}: {rule['record']}"):
                    self.assertRegex(rule["record"], r"^\w+:iocd?_\w+:\w+$")
                    self.assertIn(rule["record"], used)


if __name__ == "__main__":
    unittest.main()
