"""A target that begins to lag reaches the accountable department's people exactly once."""

import datetime
import re
import time
import unittest

import alerting
import centre

# A course from 0% a year ago to 100% in a year: about half is expected today, whenever that is.
CATALOGUE = """\
territory: {{code: test, name_vi: Thử, name_en: Test}}
departments:
  - {{code: stttt, name_vi: Sở Thông tin và Truyền thông, name_en: Information, kind: so}}
  - {{code: stc, name_vi: Sở Tài chính, name_en: Finance, kind: so}}
indicators:
  - {{code: internet_users_pct, name_vi: Tỷ lệ người sử dụng Internet, name_en: Internet users,
     kind: coverage, unit: percent, direction: higher, cadence: monthly, reporters: owner,
     owner: stttt}}
  - {{code: budget_online_pct, name_vi: Ngân sách công khai, name_en: Budgets published,
     kind: coverage, unit: percent, direction: higher, cadence: monthly, reporters: owner,
     owner: stc}}
targets:
  - {{indicator: internet_users_pct, operator: ">=", value: 100%, deadline: {end},
     baseline: {{value: 0%, date: {begin}}}, document: Test, document_date: {begin}}}
  - {{indicator: budget_online_pct, operator: ">=", value: 100%, deadline: {end},
     baseline: {{value: 0%, date: {begin}}}, document: Test, document_date: {begin}}}
"""


def only_targets(rules):
    """Without delays, and without alerts that depend on the hour or on this machine's disk."""
    if "name: targets" not in rules and "name: trends" not in rules:
        return ""
    return re.sub(r"for: \d+[mh]", "for: 1s", rules)


class LaggingAlertTest(centre.CentreTest):

    def write_config(self):
        today = datetime.date.today()
        year = datetime.timedelta(days=365)
        (self.folder / "catalogue.yaml").write_text(
            CATALOGUE.format(begin=today - year, end=today + year), encoding="utf-8")
        config = self.folder / "iocd.yaml"
        config.write_text("catalogue: [catalogue.yaml]\n")
        return config

    def send(self, daemon, department, indicator, value, sequence):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        answer = daemon.push({
            "department": department, "producer": "e2e", "sequence": str(sequence),
            "events": [{"indicator": indicator, "eventTime": when, "value": value}]})
        self.assertEqual(answer.get("accepted"), 1, answer)

    def test_one_notification_names_the_department_whose_target_lags(self):
        webhook = self.keep(alerting.Webhook())
        alertmanager = self.keep(alerting.Alertmanager(self.folder, webhook))
        daemon = self.start_daemon(config=self.write_config())
        self.send(daemon, "stttt", "internet_users_pct", 0.8, 1)
        self.send(daemon, "stc", "budget_online_pct", 0.8, 1)
        prometheus = self.keep(centre.Prometheus(
            self.folder, daemon, alertmanager.address, only_targets))

        on_track = 'count(ioc_target_status{status="on_track"} == 1) == 2'
        centre.wait_until(lambda: prometheus.query(on_track), "both targets on track")
        self.assertEqual(webhook.received, [])

        self.send(daemon, "stttt", "internet_users_pct", 0.1, 2)
        centre.wait_until(lambda: webhook.received, "the notification")
        notification = webhook.received[0]
        self.assertEqual(notification["status"], "firing")
        self.assertEqual([a["labels"]["owner"] for a in notification["alerts"]], ["stttt"])
        alert = notification["alerts"][0]
        self.assertEqual(alert["labels"]["alertname"], "TargetLagging")
        self.assertIn("Sở Thông tin và Truyền thông", alert["annotations"]["summary_vi"])
        self.assertRegex(alert["annotations"]["description"], "".join((
            "^Scope province; actual 10%; target 100%; still missing 90 pp; ",
            r"expected by now [45][\d.]+%; behind what is expected [34][\d.]+ pp; ",
            r"forecast at the deadline [\d.]+%\.$")))

        # The group's next turns pass without another: the end of the alert is the second one.
        self.send(daemon, "stttt", "internet_users_pct", 0.8, 3)
        centre.wait_until(lambda: len(webhook.received) > 1, "the end of the alert")
        self.assertEqual([n["status"] for n in webhook.received], ["firing", "resolved"])


if __name__ == "__main__":
    unittest.main()
