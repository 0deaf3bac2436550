"""Under load the daemon is killed ten times and stopped once; each acknowledged event is counted exactly once."""

import http.client
import json
import threading
import time
import unittest

import centre

KILLS = 10
SENDERS = 4
EVENTS_PER_BATCH = 50
INDICATOR = "dossiers_received"
DEPARTMENTS = ("stttt", "stc", "syt", "sxd")  # one for each sender


class Sender(threading.Thread):
    """Pushes batches under rising sequences and repeats each until it is answered. Now and then it
    repeats one that was answered, as a clerk does who has not seen the answer."""

    def __init__(self, daemon, department):
        super().__init__(daemon=True)
        self.centre = daemon
        self.department = department
        self.stopping = threading.Event()
        self.acknowledged = 0   # batches
        self.repeated = 0       # answered as duplicates
        self.failure = None

    def run(self):
        try:
            sequence = 0
            while not self.stopping.is_set():
                sequence += 1
                request = self.batch(sequence)
                self.push_until_answered(request)
                self.acknowledged += 1
                if sequence % 7 == 0:
                    self.push_until_answered(request)
        except Exception as failure:  # told by the test's own thread
            self.failure = failure

    def batch(self, sequence):
        when = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
        event = {"indicator": INDICATOR, "eventTime": when, "value": sequence}
        return {"department": self.department, "producer": "e2e", "sequence": str(sequence),
                "events": [event] * EVENTS_PER_BATCH}

    def push_until_answered(self, request):
        while True:
            try:
                answer = self.centre.push(request)
            except (OSError, http.client.HTTPException, json.JSONDecodeError) as failure:
                code = getattr(failure, "code", 503)  # of an HTTP error; otherwise no answer came
                if code != 503:
                    raise AssertionError(f"{code}: {failure.read().decode()}") from failure
                time.sleep(0.02)
                continue
            if answer.get("rejected") or answer["accepted"] != EVENTS_PER_BATCH:
                raise AssertionError(f"not taken as a whole: {answer}")
            self.repeated += bool(answer.get("duplicate"))
            return


class ExactlyOnceTest(centre.CentreTest):

    def test_every_acknowledged_event_is_counted_once_after_ten_kills_and_a_stop(self):
        daemon = self.start_daemon()
        senders = [Sender(daemon, department) for department in DEPARTMENTS]
        for sender in senders:
            sender.start()
        for _ in range(KILLS):
            taken = sum(sender.acknowledged for sender in senders)
            centre.wait_until(
                lambda: any(s.failure for s in senders)
                or sum(s.acknowledged for s in senders) > taken + 20, "more acknowledged batches")
            daemon.kill()
            daemon.start()
        # Asked to end under the same load, it finishes what it took and says that all is well.
        begin = time.monotonic()
        self.assertEqual(daemon.stop(), 0)
        self.assertLess(time.monotonic() - begin, 10)
        daemon.start()
        for sender in senders:
            sender.stopping.set()
        for sender in senders:
            sender.join(centre.PATIENCE)
            self.assertFalse(sender.is_alive(), f"{sender.department} still sends")
            self.assertIsNone(sender.failure, sender.failure)

        daemon.kill()
        daemon.start()
        metrics = daemon.metrics()
        for sender in senders:
            labels = frozenset({("department", sender.department), ("indicator", INDICATOR),
                                ("window", "24h")})
            batches = sender.acknowledged
            self.assertGreater(batches, 0)
            self.assertEqual(metrics["ioc_indicator_events", labels], batches * EVENTS_PER_BATCH)
            self.assertEqual(metrics["ioc_indicator_value", labels],
                             batches * (batches + 1) // 2 * EVENTS_PER_BATCH)
        self.assertGreater(sum(sender.repeated for sender in senders), 0)


if __name__ == "__main__":
    unittest.main()
