"""A sender beyond its limit: what it is told, that the client library waits as told, and that every
event counts once."""

import json
import time
import unittest

import centre
import secure_centre

EVENTS = 12_000
BATCHES = EVENTS // 1_000


class LimitsTest(secure_centre.SecureCentreTest):
    # A burst lets the first 10,000 pass; the others take their time.
    settings = "limits: {events_per_second: 1000, burst_events: 10000}\n"

    def test_the_library_waits_as_it_is_told_and_nothing_is_lost_or_counted_twice(self):
        daemon = self.start()
        now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        lines = [json.dumps({"indicator": "dossiers_received", "value": 1, "eventTime": now})] * EVENTS
        (self.folder / "events.jsonl").write_text("\n".join(lines) + "\n")
        done = self.iocctl(daemon, "push", "--department", "stp", "--producer", "flood", "--sequence",
                           "1", "--file", str(self.folder / "events.jsonl"), "--ca",
                           self.file("ca.crt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("still trying: department 'stp' sends more than 1000 events per second",
                      done.stderr)

        metrics = centre.parse_metrics(self.get(daemon, "/metrics"))
        self.assertEqual(metrics["ioc_indicator_value", frozenset(
            {("department", "stp"), ("indicator", "dossiers_received"), ("window", "24h")})], EVENTS)

        def batches(code):
            return metrics["iocd_batches_total", frozenset({("code", code)})]
        self.assertEqual(batches("OK"), BATCHES)
        # All that were in flight were refused with the first; nobody asked again before the time.
        refused = batches("RESOURCE_EXHAUSTED")
        self.assertGreaterEqual(refused, 1)
        self.assertLess(refused, 4 * BATCHES)
        print(f"{refused:.0f} refusals until {EVENTS} events had passed")


if __name__ == "__main__":
    unittest.main()
