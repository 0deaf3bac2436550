"""What people are told: the shipped rules in the real Prometheus, the shipped routes and texts in the
real Alertmanager, and whoever listens by mail or webhook."""

import re
import subprocess
import time
import unittest

import alerting
import centre

DEPARTMENTS = [f"d{number:02}" for number in range(38)]
TARGET = 'scope="province",indicator="epayment",target="2025",owner="stttt"'
MISSED = [
    'ioc_department_info{department="stttt",name_vi="Sở Thông tin và Truyền thông",'
    'name_en="Information",kind="so"} 1',
    'ioc_indicator_info{indicator="epayment",name_vi="Tỷ lệ <b>thanh toán</b> điện tử",'
    'name_en="Paid electronically",kind="coverage",unit="percent",direction="higher"} 1',
    'ioc_target_status{%s,status="missed"} 1' % TARGET,
    "ioc_target_actual{%s} 0.741" % TARGET,
    "ioc_target_value{%s} 0.8" % TARGET,
]


def hurry(rules):
    """Nobody waits minutes in a test; what comes first in life still does."""
    rules = re.sub(r"keep_firing_for: 20m", "keep_firing_for: 6s", rules)
    rules = re.sub(r"keep_firing_for: \d+[mh]", "keep_firing_for: 1s", rules)
    rules = re.sub(r" for: 4m", " for: 1s", rules)
    return re.sub(r" for: \d+[mh]", " for: 4s", rules)


def begin_soon(rules):
    return re.sub(r" for: \d+[mh]", " for: 1s", rules)


def silent(departments):
    """Of 38 departments with a realtime source these have been silent for two hours."""
    lines = ['ioc_indicator_cadence_info{indicator="dossiers",cadence="realtime"} 1']
    for code in DEPARTMENTS:
        ago = 7200 if code in departments else 0
        lines += [
            'ioc_department_last_seen_timestamp_seconds{department="%s"} %d'
            % (code, time.time() - ago),
            'ioc_report_state{department="%s",indicator="dossiers",state="late"} %d'
            % (code, code in departments)]
    return lines


class NotificationsTest(centre.CentreTest):

    def start(self, lines, mend_rules, mail=None, muted=alerting.NEVER):
        self.webhook = self.keep(alerting.Webhook())
        self.exporter = self.keep(alerting.Exporter(lines))
        self.alertmanager = self.keep(
            alerting.Alertmanager(self.folder, self.webhook, mail, muted))
        self.prometheus = self.keep(centre.Prometheus(
            self.folder, self.exporter, self.alertmanager.address, mend_rules))

    def await_told(self, notification):
        centre.wait_until(lambda: notification in self.webhook.told(),
                          f"{notification} among {self.webhook.told()}")

    def test_38_silent_departments_are_one_notification_and_one_of_them_is_its_own(self):
        self.start(silent(DEPARTMENTS), hurry)
        self.await_told(("firing", "ManyDepartmentsSilent", "operators"))

        def held_back():
            alerts = self.alertmanager.alerts("DepartmentSilent")
            return len(alerts) == 38 and all(a["status"]["inhibitedBy"] for a in alerts)
        centre.wait_until(held_back, "the alerts of 38 departments, all of them held back")

        self.exporter.show(silent(DEPARTMENTS[:1]))  # the line is back; one stays silent
        self.await_told(("firing", "DepartmentSilent", "d00"))
        self.await_told(("resolved", "ManyDepartmentsSilent", "operators"))
        self.assertEqual(self.webhook.told()[0], ("firing", "ManyDepartmentsSilent", "operators"))
        self.assertEqual(len(self.webhook.told()), 3, self.webhook.told())
        summary = self.webhook.received[0]["alerts"][0]["annotations"]["summary_vi"]
        self.assertEqual(summary, "38 đơn vị cùng không gửi số liệu: kiểm tra đường truyền")

    def test_a_daemon_that_is_down_is_all_that_is_told_until_it_is_back(self):
        self.start(MISSED, begin_soon)
        self.await_told(("firing", "TargetMissed", "stttt"))
        self.exporter.show(None)
        self.await_told(("firing", "IocdDown", "operators"))
        (missed,) = self.alertmanager.alerts("TargetMissed")
        self.assertEqual(missed["status"]["state"], "suppressed")
        self.assertTrue(missed["status"]["inhibitedBy"])
        self.exporter.show(MISSED)
        self.await_told(("resolved", "IocdDown", "operators"))
        self.assertEqual(self.webhook.told(), [
            ("firing", "TargetMissed", "stttt"),
            ("firing", "IocdDown", "operators"),
            ("resolved", "IocdDown", "operators")])

    def test_mail_to_the_owner_is_readable_vietnamese(self):
        mail = self.keep(alerting.MailServer())
        self.start(MISSED, begin_soon, mail)
        to, message = centre.wait_until(lambda: mail.received, "the mail")[0]
        self.assertEqual(to, ["ioc@stttt.example.vn"])
        what = "Sở Thông tin và Truyền thông: Tỷ lệ <b>thanh toán</b> điện tử không đạt chỉ tiêu 2025"
        self.assertEqual(message["Subject"], f"[NGHIÊM TRỌNG] {what}")
        text = message.get_body(("plain",)).get_content()
        self.assertIn(f"* {what}", text)
        self.assertIn("  Phạm vi toàn tỉnh; thực hiện 74,1%; chỉ tiêu 80%; còn thiếu 5,9 điểm %.\r\n", text)
        self.assertIn("  Scope province; actual 74.1%; target 80%; still missing 5.9 pp.\r\n", text)
        self.assertIn("Information: Paid electronically", text)
        self.assertIn("https://ioc.example.vn/docs/runbook.md#targetmissed", text)
        self.assertRegex(text, r"Từ \d\d:\d\d \d\d/\d\d/\d{4}\s")
        self.assertNotIn("no value", text)  # what a template says of what is not there
        html = message.get_body(("html",)).get_content()
        self.assertIn("Tỷ lệ &lt;b&gt;thanh toán&lt;/b&gt; điện tử không đạt chỉ tiêu 2025", html)
        self.assertIn('<a href="https://ioc.example.vn/docs/runbook.md#targetmissed">', html)

    def test_mail_on_simulated_data_says_so_in_its_subject_and_before_each_alert(self):
        mail = self.keep(alerting.MailServer())
        self.start([*MISSED, 'ioc_department_simulated{department="syt"} 1'], begin_soon, mail)
        _, message = centre.wait_until(lambda: mail.received, "the mail")[0]
        self.assertTrue(message["Subject"].startswith("[NGHIÊM TRỌNG] MÔ PHỎNG / SIMULATED: Sở"),
                        message["Subject"])
        text = message.get_body(("plain",)).get_content()
        self.assertIn("* MÔ PHỎNG / SIMULATED: Sở Thông tin", text)
        self.assertIn("  MÔ PHỎNG / SIMULATED: Information", text)

    def test_a_missed_target_rings_until_a_named_person_acknowledges_it_with_a_reason(self):
        self.start(MISSED, begin_soon)
        self.await_told(("firing", "TargetMissed", "stttt"))
        which = ["--scope", "province", "--indicator", "epayment", "--target", "2025",
                 "--alertmanager", self.alertmanager.address]

        def acknowledge(*arguments):
            return subprocess.run([centre.ROOT / "scripts/acknowledge", *arguments],
                                  capture_output=True, text=True, timeout=60, check=False)
        person = ["--by", "Nguyễn Văn A, Sở Thông tin", "--reason", "Báo cáo 123/BC"]
        self.assertEqual(acknowledge(*person[:2], "--reason", "  ", *which).returncode, 2)
        self.assertEqual(acknowledge(*person[2:], *which).returncode, 2)
        unknown = acknowledge(*person, *which[:5], "2030", *which[6:])
        self.assertEqual(unknown.returncode, 1, unknown)
        self.assertIn("no missed target rings", unknown.stderr)
        self.assertIn("these do:\n  --scope province --indicator epayment --target 2025\n", unknown.stderr)
        in_words = acknowledge(*person, "--scope", "toàn tỉnh", *which[2:])
        self.assertEqual(in_words.returncode, 2, in_words)
        self.assertIn("say 'province'", in_words.stderr)
        self.assertEqual(self.alertmanager.alerts("TargetMissed")[0]["status"]["state"], "active")

        done = acknowledge(*person, *which)
        self.assertEqual(done.returncode, 0, done)
        self.assertIn("Nguyễn Văn A", done.stdout)
        self.assertTrue(self.alertmanager.alerts("TargetMissed")[0]["status"]["silencedBy"])
        (silence,) = self.alertmanager.silences()
        self.assertEqual(silence["createdBy"], "Nguyễn Văn A, Sở Thông tin")
        self.assertEqual(silence["comment"], "Báo cáo 123/BC")
        again = acknowledge(*person, *which)
        self.assertEqual(again.returncode, 1, again)
        self.assertRegex(again.stderr, "acknowledged already.*\n +by Nguyễn Văn A, Sở Thông tin, .* 123/BC\n")

        way_back = done.stdout.splitlines()[-1]
        self.assertIn(way_back, again.stderr)
        subprocess.run(way_back.split(), timeout=60, check=True)
        self.assertEqual(self.alertmanager.alerts("TargetMissed")[0]["status"]["state"], "active")

    def test_the_command_that_acknowledges_says_how_it_is_used(self):
        done = subprocess.run([centre.ROOT / "scripts/acknowledge", "--help"], capture_output=True,
                              text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 0, done)
        for option in ("--by", "--reason", "--scope", "--indicator", "--target", "--days", "--alertmanager"):
            self.assertIn(option, done.stdout)
        self.assertNotIn("set -", done.stdout)


class AddressesTest(centre.CentreTest):

    def test_a_department_is_written_to_where_it_reads_and_without_an_address_the_operators_are(self):
        webhook = self.keep(alerting.Webhook())
        mail = self.keep(alerting.MailServer())
        alertmanager = self.keep(alerting.Alertmanager(self.folder, webhook, mail))
        for owner in ("syt", "stc", "operators"):
            alertmanager.post(alertname="Test", severity="critical", owner=owner)
        centre.wait_until(lambda: len(mail.received) == 3, "three mails")
        self.assertEqual(sorted(to for to, _ in mail.received), [
            ["ioc@syt.example.vn", "truc@syt.example.vn"],
            ["truc-ioc@example.vn"], ["truc-ioc@example.vn"]])


class WorkingHoursTest(centre.CentreTest):

    def test_outside_them_a_department_is_told_what_is_critical_and_the_operators_everything(self):
        webhook = self.keep(alerting.Webhook())
        alertmanager = self.keep(
            alerting.Alertmanager(self.folder, webhook, muted=alerting.ALWAYS))
        alertmanager.post(alertname="ReportLate", severity="info", owner="stttt")
        alertmanager.post(alertname="TargetLagging", severity="warning", owner="stttt")
        centre.wait_until(lambda: len(alertmanager.groups()) == 2, "what can wait")
        alertmanager.post(alertname="TargetMissed", severity="critical", owner="stttt")
        alertmanager.post(alertname="IocdCommitSlow", severity="warning", owner="operators")
        # Groups wait equally long, so what came first would have been told first.
        centre.wait_until(lambda: len(webhook.told()) >= 2, "what cannot wait")
        self.assertEqual(sorted(webhook.told()), [
            ("firing", "IocdCommitSlow", "operators"), ("firing", "TargetMissed", "stttt")])

    def test_within_them_a_department_is_told_everything(self):
        webhook = self.keep(alerting.Webhook())
        alertmanager = self.keep(alerting.Alertmanager(self.folder, webhook))
        alertmanager.post(alertname="ReportLate", severity="info", owner="stttt")
        alertmanager.post(alertname="TargetLagging", severity="warning", owner="stttt")
        centre.wait_until(lambda: len(webhook.told()) == 2, "both")
        self.assertEqual(sorted(webhook.told()), [
            ("firing", "ReportLate", "stttt"), ("firing", "TargetLagging", "stttt")])


if __name__ == "__main__":
    unittest.main()
