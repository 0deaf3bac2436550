"""A target that begins to lag reaches the accountable department's people exactly once."""

import datetime
import http.server
import json
import threading
import time
import unittest

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


class Webhook(http.server.ThreadingHTTPServer):
    """Keeps what Alertmanager sends to it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.received.append(json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.received = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class LaggingAlertTest(centre.CentreTest):

    def write_config(self):
        today = datetime.date.today()
        year = datetime.timedelta(days=365)
        (self.folder / "catalogue.yaml").write_text(
            CATALOGUE.format(begin=today - year, end=today + year), encoding="utf-8")
        config = self.folder / "iocd.yaml"
        config.write_text("catalogue: [catalogue.yaml]\n")
        return config

    def start_alertmanager(self, webhook):
        """The shipped configuration with its webhook switched on, and short intervals."""
        text = (centre.ROOT / "config/alertmanager/alertmanager.yml").read_text()
        text = text.replace("    # webhook_configs:", "    webhook_configs:")
        text = text.replace("    #   - url: http://127.0.0.1:9095/alerts",
                            f"      - url: http://127.0.0.1:{webhook.server_port}/alerts")
        text = text.replace("    #     send_resolved", "        send_resolved")
        text = text.replace("group_wait: 30s", "group_wait: 1s")
        text = text.replace("group_interval: 5m", "group_interval: 2s")
        config = self.folder / "alertmanager.yml"
        config.write_text(text)
        address = f"127.0.0.1:{centre.free_port()}"
        self.keep(centre.Child(
            "alertmanager",
            ["prometheus-alertmanager", f"--config.file={config}", "--cluster.listen-address=",
             f"--storage.path={self.folder}/alertmanager", f"--web.listen-address={address}"],
            self.folder, f"http://{address}/-/ready"))
        return address

    def send(self, daemon, department, indicator, value, sequence):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        answer = daemon.push({
            "department": department, "producer": "e2e", "sequence": str(sequence),
            "events": [{"indicator": indicator, "eventTime": when, "value": value}]})
        self.assertEqual(answer.get("accepted"), 1, answer)

    def test_one_notification_names_the_department_whose_target_lags(self):
        webhook = self.keep(Webhook())
        daemon = self.start_daemon(config=self.write_config())
        self.send(daemon, "stttt", "internet_users_pct", 0.8, 1)
        self.send(daemon, "stc", "budget_online_pct", 0.8, 1)
        prometheus = self.keep(centre.Prometheus(
            self.folder, daemon, self.start_alertmanager(webhook),
            lambda rules: rules.replace("for: 10m", "for: 1s").replace("for: 30m", "for: 1s")))

        on_track = 'count(ioc_target_status{status="on_track"} == 1) == 2'
        centre.wait_until(lambda: prometheus.query(on_track), "both targets on track")
        self.assertEqual(webhook.received, [])

        self.send(daemon, "stttt", "internet_users_pct", 0.1, 2)
        centre.wait_until(lambda: webhook.received, "the notification")
        notification = webhook.received[0]
        self.assertEqual(notification["status"], "firing")
        self.assertEqual([a["labels"]["department"] for a in notification["alerts"]], ["stttt"])
        alert = notification["alerts"][0]
        self.assertEqual(alert["labels"]["alertname"], "TargetLagging")
        self.assertIn("Sở Thông tin và Truyền thông", alert["annotations"]["summary_vi"])
        self.assertIn("actual 10%", alert["annotations"]["description"])
        self.assertIn("target 100%", alert["annotations"]["description"])

        # The group's next turns pass without another: the end of the alert is the second one.
        self.send(daemon, "stttt", "internet_users_pct", 0.8, 3)
        centre.wait_until(lambda: len(webhook.received) > 1, "the end of the alert")
        self.assertEqual([n["status"] for n in webhook.received], ["firing", "resolved"])


if __name__ == "__main__":
    unittest.main()
