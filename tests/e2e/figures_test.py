"""A published figure goes in by iocctl and comes out of /metrics and of Prometheus unchanged."""

import unittest

import centre


class FiguresTest(centre.CentreTest):

    def test_an_imported_figure_is_exposed_exactly(self):
        daemon = self.start_daemon()
        done = daemon.iocctl("import", centre.ROOT / "config/son_la_2024/figures.tsv")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)

        self.assertIn('ioc_indicator_value{department="stttt",indicator="internet_users_pct",'
                      'window="latest"} 0.4782', daemon.metrics_text().splitlines())

        prometheus = self.keep(centre.Prometheus(self.folder, daemon))
        found = centre.wait_until(
            lambda: prometheus.query('ioc_indicator_value{indicator="internet_users_pct"}'),
            "the figure in Prometheus")
        self.assertEqual(len(found), 1)
        self.assertEqual(found[0]["value"][1], "0.4782")
        self.assertEqual(found[0]["metric"]["department"], "stttt")

    def test_the_same_file_twice_counts_once_also_after_a_restart(self):
        daemon = self.start_daemon()
        figures = centre.ROOT / "config/son_la_2024/figures.tsv"
        self.assertEqual(daemon.iocctl("import", figures).returncode, 0)
        before = {k: v for k, v in daemon.metrics().items() if k[0] == "ioc_indicator_value"}
        self.assertEqual(daemon.stop(), 0)
        daemon.start()
        self.assertEqual(daemon.iocctl("import", figures).returncode, 0)
        after = daemon.metrics()
        self.assertEqual({k: v for k, v in after.items() if k[0] == "ioc_indicator_value"}, before)
        self.assertEqual(
            after["iocd_events_total", frozenset({("result", "accepted")})], 0)


if __name__ == "__main__":
    unittest.main()
