"""scripts/run brings the whole centre up, as a newcomer sees it, and Ctrl-C ends it."""

import json
import os
import re
import signal
import socket
import subprocess
import unittest

import centre
import dashboards
import rule_queries

# What these watch is there only with TLS, which tls_test.py has.
NEED_TLS = {"IocdCertificateEnds"}
STATUSES = {"no_data", "achieved", "no_deadline", "missed", "awaiting_final", "no_baseline",
            "regressed", "too_early", "on_track", "at_risk", "lagging"}


def connects(port):
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


class DemonstrationTest(centre.CentreTest):

    def setUp(self):
        super().setUp()
        self.ports = {name: centre.free_port()
                      for name in ("GRPC", "HTTP", "PROMETHEUS", "ALERTMANAGER")}

    def environment(self, **ports):
        return dict(os.environ, IOC_BIN_DIR=str(centre.BIN), IOC_RUN_DIR=f"{self.folder}/run",
                    **{f"IOC_{name}_PORT": str(port) for name, port in {**self.ports, **ports}.items()})

    def start_run(self):
        run = self.keep(centre.Child("run", [centre.ROOT / "scripts/run"], self.folder,
                                     env=self.environment(), start_new_session=True))
        centre.wait_until(lambda: run.check_alive() and "Ctrl-C" in run.log.read_text(),
                          "the addresses")
        return run

    def query(self, expression):
        return centre.prometheus_query(f"127.0.0.1:{self.ports['PROMETHEUS']}", expression)

    def test_the_centre_comes_up_and_ctrl_c_ends_it(self):
        run = self.start_run()
        addresses = re.findall(r"http://\S+", run.log.read_text())
        self.assertEqual(len(addresses), 5)
        for address in addresses:
            with self.subTest(address):
                self.assertTrue(centre.answers(address))
        self.assertNotIn("scripts/run:", run.log.read_text())  # bash has nothing to complain about
        metrics_url = f"http://127.0.0.1:{self.ports['HTTP']}/metrics"

        def departments_seen():
            metrics = centre.parse_metrics(centre.http_get(metrics_url))
            return {dict(labels)["department"] for family, labels in metrics
                    if family == "ioc_department_last_seen_timestamp_seconds"}
        centre.wait_until(lambda: len(departments_seen()) == 38, "all 38 departments")

        def statuses():
            metrics = centre.parse_metrics(centre.http_get(metrics_url))
            return {dict(labels)["status"] for (family, labels), value in metrics.items()
                    if family == "ioc_target_status" and value == 1}
        centre.wait_until(lambda: statuses() == STATUSES, "each of the 11 statuses")

        self.see_that_dashboards_have_data()

        url = f"http://127.0.0.1:{self.ports['PROMETHEUS']}/api/v1/rules"
        for group in json.loads(centre.http_get(url))["data"]["groups"]:
            for rule in group["rules"]:
                self.assertIn(rule["health"], ("ok", "unknown"), rule)
                for expression in () if rule["name"] in NEED_TLS else rule_queries.of_rule(rule):
                    with self.subTest(rule["name"], query=expression):
                        centre.wait_until(lambda: self.query(expression),
                                          f"data for {expression}", patience=30)

        os.killpg(run.process.pid, signal.SIGINT)  # what a terminal does at Ctrl-C
        self.assertEqual(run.process.wait(timeout=60), 0, run.log.read_text())
        self.assertEqual(self.answering(), [])

    def see_that_dashboards_have_data(self):
        wanted = dict(dashboards.queries()) | {each: each for each in dashboards.selectors()}
        lacking = sorted(wanted)

        def all_have_data():
            lacking[:] = [place for place in lacking if not self.query(wanted[place])]
            return not lacking
        try:
            centre.wait_until(all_have_data, "data for every query")
        except AssertionError:
            self.fail("no data:\n" + "\n".join(f"{place}: {wanted[place]}" for place in lacking))
        for place, expression, pattern, first in dashboards.choices():
            with self.subTest(place, query=expression):
                offered = dashboards.options(self.query(expression), pattern)
                self.assertEqual(offered[first["value"]], first["text"])

    def answering(self):
        """Which of the programs take connections."""
        return [name for name, port in self.ports.items() if connects(port)]

    def end_and_look_what_stays(self, sent, code):
        run = self.start_run()
        self.assertEqual(len(self.answering()), 4)
        self.assertEqual(run.stop(sent), code)
        centre.wait_until(lambda: not self.answering(), "the ends of all programs")

    def test_nothing_stays_behind_when_the_terminal_closes(self):
        self.end_and_look_what_stays(signal.SIGHUP, 0)

    def test_nothing_stays_behind_when_the_script_is_killed(self):
        self.end_and_look_what_stays(signal.SIGKILL, -signal.SIGKILL)

    def test_a_port_in_use_is_named_with_what_to_set(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            port = taken.getsockname()[1]
            done = subprocess.run([centre.ROOT / "scripts/run"], env=self.environment(GRPC=port),
                                  capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"port {port} is in use", done.stderr)
        self.assertIn("IOC_GRPC_PORT", done.stderr)

    def test_a_directory_of_somebody_else_is_not_emptied(self):
        (self.folder / "run").mkdir()
        (self.folder / "run/precious").write_text("")
        done = subprocess.run([centre.ROOT / "scripts/run"], env=self.environment(),
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"{self.folder}/run", done.stderr)
        self.assertTrue((self.folder / "run/precious").exists())


if __name__ == "__main__":
    unittest.main()
