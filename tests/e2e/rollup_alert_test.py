"""A figure that its owner reports beside the roll-up of the departments' own: the real daemon shows both,
and the rules see where they differ."""

import re
import time
import unittest

import centre

# Of the shipped catalogue: the first is the roll-up of the second (fed_by).
PROVINCE, FED_BY = "work_files_online_province_pct", "work_files_online_pct"


def without_delays(rules):
    return re.sub(r"for: \d+[mh]", "for: 1s", rules)


class RollupAlertTest(centre.CentreTest):

    def send(self, daemon, department, indicator, numerator, sequence):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        answer = daemon.push({
            "department": department, "producer": "e2e", "sequence": str(sequence),
            "events": [{"indicator": indicator, "eventTime": when,
                        "ratio": {"numerator": numerator, "denominator": 100}}]})
        self.assertEqual(answer.get("accepted"), 1, answer)

    def test_the_owner_is_alerted_when_its_figure_differs_and_no_other(self):
        daemon = self.start_daemon()
        prometheus = self.keep(centre.Prometheus(self.folder, daemon, mend_rules=without_delays))

        def firing():
            found = prometheus.query('ALERTS{alertname="RollupDiffers",alertstate="firing"}')
            return [(alert["metric"]["owner"], alert["metric"]["indicator"]) for alert in found]
        difference = ("round(department_indicator_window:ioc_indicator_value_rollup:difference"
                      '{indicator="%s",window="30d"}, 0.001)' % PROVINCE)

        self.send(daemon, "stp", FED_BY, 90, 1)
        self.send(daemon, "vpubnd", PROVINCE, 90, 1)
        centre.wait_until(lambda: [s["value"][1] for s in prometheus.query(difference)] == ["0"],
                          "both figures, the same")
        self.assertEqual(firing(), [])
        self.send(daemon, "vpubnd", PROVINCE, 50, 2)  # with the 90 of before: 70
        centre.wait_until(firing, "the alert")
        self.assertEqual(firing(), [("vpubnd", PROVINCE)])
        self.assertEqual([s["value"][1] for s in prometheus.query(difference)], ["-0.2"])


if __name__ == "__main__":
    unittest.main()
