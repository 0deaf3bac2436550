"""Where Alertmanager sends what, by its own tool: the shipped file as it stands, and with its receivers."""

import pathlib
import shutil
import subprocess
import tempfile
import unittest

import yaml

import alerting
import alert_texts_test

ROUTES = [
    ({"alertname": "IocdDown", "severity": "critical", "owner": "operators"}, "operators"),
    ({"alertname": "ManyDepartmentsSilent", "severity": "critical", "owner": "operators"}, "operators"),
    ({"alertname": "IocdCommitSlow", "severity": "warning", "owner": "operators"}, "operators"),
    ({"alertname": "TargetMissed", "severity": "critical", "owner": "syt"}, "departments"),
    ({"alertname": "TargetLagging", "severity": "warning", "owner": "stttt"}, "departments"),
    ({"alertname": "ReportLate", "severity": "info", "owner": "nobody_has_heard_of"}, "departments"),
    ({"alertname": "SomebodyElses", "severity": "warning"}, "operators"),
]


def amtool(*arguments):
    return subprocess.run(["amtool", *arguments], capture_output=True, text=True, timeout=60,
                          check=False)


class AlertRoutesTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.with_receivers = pathlib.Path(folder.name) / "alertmanager"
        shutil.copytree(alerting.SHIPPED, self.with_receivers)
        config = alerting.configuration(receivers=True)
        (self.with_receivers / "alertmanager.yml").write_text(yaml.safe_dump(config),
                                                              encoding="utf-8")

    def files(self):
        return [folder / "alertmanager.yml" for folder in (alerting.SHIPPED, self.with_receivers)]

    def test_both_files_are_sound(self):
        for file in self.files():
            done = amtool("check-config", str(file))
            self.assertEqual(done.returncode, 0, done)
        self.assertNotIn("email_configs", str(alerting.configuration()["receivers"]))
        for receiver in alerting.configuration(receivers=True)["receivers"]:
            self.assertTrue({"email_configs", "webhook_configs"} <= set(receiver))

    def test_alerts_go_to_those_who_own_them(self):
        for file in self.files():
            for labels, receiver in ROUTES:
                with self.subTest(labels):
                    done = amtool("config", "routes", "test", f"--config.file={file}",
                                  f"--verify.receivers={receiver}",
                                  *(f"{name}={value}" for name, value in labels.items()))
                    self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

    def test_only_what_a_department_is_told_and_can_wait_is_muted(self):
        departments = alerting.configuration()["route"]["routes"][1]
        self.assertNotIn("mute_time_intervals", departments)
        (lesser,) = departments["routes"]
        self.assertEqual(lesser["matchers"], ['severity=~"info|warning"'])
        for route in (lesser, *lesser["routes"]):
            self.assertEqual(route["mute_time_intervals"], ["outside working hours"])

    def test_what_silences_and_is_silenced_exists(self):
        names = {rule["alert"] for _, rule in alert_texts_test.alerts()}
        for rule in alerting.configuration()["inhibit_rules"]:
            for matcher in rule["source_matchers"] + rule["target_matchers"]:
                value = matcher.partition('"')[2].rstrip('"')
                for name in value.split("|"):
                    self.assertTrue(name in names or name == "Iocd.*", matcher)


if __name__ == "__main__":
    unittest.main()
