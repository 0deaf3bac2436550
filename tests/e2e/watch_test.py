"""Who watches is told what changes: over server-sent events as a browser reads them, and by iocctl."""

import json
import signal
import socket
import ssl
import subprocess
import time
import unittest

import centre
import secure_centre


class Events:
    """One GET /api/v1/watch on a socket of its own."""

    def __init__(self, address, path="/api/v1/watch?scope=province", headers="", context=None):
        host, port = address.split(":")
        self.socket = socket.create_connection((host, int(port)), timeout=centre.PATIENCE)
        if context:
            self.socket = context.wrap_socket(self.socket, server_hostname=host)
        self.socket.sendall(f"GET {path} HTTP/1.1\r\nHost: {host}\r\n{headers}\r\n".encode())
        self.rest = b""
        self.header = self.until(b"\r\n\r\n").decode()

    def until(self, end):
        while end not in self.rest:
            read = self.socket.recv(65536)
            if not read:
                raise EOFError(self.rest)
            self.rest += read
        text, self.rest = self.rest.split(end, 1)
        return text

    def next(self):
        """(name, data) of the next event."""
        while True:
            lines = self.until(b"\n\n").decode().split("\n")
            fields = dict(line.split(": ", 1) for line in lines if ": " in line)
            if "data" in fields:
                return fields.get("event", "message"), json.loads(fields["data"])

    def ended(self):
        return self.socket.recv(1) == b""


def figure(sequence, value):
    now = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    return {"department": "stttt", "producer": "p", "sequence": str(sequence), "events": [
        {"indicator": "internet_users_pct", "value": value, "eventTime": now}]}


class WatchTest(centre.CentreTest):

    def watch(self, daemon):
        events = Events(daemon.http)
        self.addCleanup(events.socket.close)
        return events

    def test_a_push_is_one_message_with_the_rows_that_it_changes(self):
        daemon = self.start_daemon()
        events = self.watch(daemon)
        self.assertTrue(events.header.startswith("HTTP/1.1 200 "), events.header)
        self.assertIn("Content-Type: text/event-stream", events.header)
        _, first = events.next()
        self.assertTrue(first["complete"])
        self.assertEqual(len(first["departments"]), 38)
        targets = {row["indicator"] for row in first["targets"]}
        self.assertIn("internet_users_pct", targets)

        self.assertEqual(daemon.push(figure(1, 0.4782))["accepted"], 1)
        name, change = events.next()
        self.assertEqual(name, "message")
        self.assertFalse(change["complete"])
        self.assertEqual([row["indicator"] for row in change["indicators"]],
                         ["internet_users_pct"])
        self.assertEqual(change["indicators"][0]["value"], 0.4782)
        for row in change["targets"]:
            self.assertEqual((row["indicator"], row["actual"]), ("internet_users_pct", 0.4782))
        self.assertEqual(len(change["targets"]),
                         sum(row["indicator"] == "internet_users_pct" for row in first["targets"]))
        self.assertIn(("iocd_watchers", frozenset()), daemon.metrics())
        self.assertEqual(daemon.metrics()["iocd_watchers", frozenset()], 1)

    def test_a_stop_ends_every_watch_with_a_word_and_is_not_held_up(self):
        daemon = self.start_daemon()
        reading = self.watch(daemon)
        self.watch(daemon)  # and never reads
        reading.next()
        iocctl = subprocess.Popen(
            [centre.BIN / "iocctl", "--target", daemon.grpc, "watch", "--json"],
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.addCleanup(iocctl.kill)
        self.assertTrue(json.loads(iocctl.stdout.readline())["complete"])
        began = time.monotonic()
        self.assertEqual(daemon.stop(), 0)
        self.assertLess(time.monotonic() - began, 10)
        name, end = reading.next()
        self.assertEqual((name, end["status"]), ("end", "UNAVAILABLE"))
        self.assertTrue(reading.ended())
        self.assertIn("is away (the daemon is stopping", iocctl.stderr.readline())
        iocctl.send_signal(signal.SIGINT)
        self.assertEqual(iocctl.wait(timeout=60), 0)
        iocctl.stdout.close()
        iocctl.stderr.close()

    def test_another_catalogue_is_told_whole(self):
        parts = ("departments", "member_sets", "indicators", "targets")
        for part in parts:
            text = (centre.ROOT / f"config/son_la_2024/{part}.yaml").read_text()
            (self.folder / f"{part}.yaml").write_text(text)
        config = self.folder / "iocd.yaml"
        config.write_text(f"catalogue: [{', '.join(part + '.yaml' for part in parts)}]\n")
        daemon = self.start_daemon(config=config)
        events = self.watch(daemon)
        events.next()
        (self.folder / "targets.yaml").write_text("targets: []\n")
        done = daemon.iocctl("reload")
        self.assertEqual(done.returncode, 0, done.stderr)
        _, message = events.next()
        self.assertTrue(message["complete"])
        self.assertEqual(message["targets"], [])


class SecureWatchTest(secure_centre.SecureCentreTest):
    settings = "access: access.yaml\n"

    def setUp(self):
        super().setUp()
        made = subprocess.run([centre.BIN / "iocctl", "token", "new", "--json"], check=True,
                              capture_output=True, text=True)
        self.made = json.loads(made.stdout)
        self.write_access()

    def write_access(self, more=""):
        (self.folder / "access.yaml").write_text(
            f"identities:\n  - {{name: wall, roles: [reader]{more}, tokens: "
            f"[{{id: {self.made['id']}, hash: \"{self.made['hash']}\"}}]}}\n")

    def watch(self, daemon, token):
        events = Events(daemon.http, headers=f"Authorization: Bearer {token}\r\n",
                        context=self.context())
        self.addCleanup(events.socket.close)
        return events

    def test_a_wall_with_a_token_watches_over_tls_until_it_is_revoked(self):
        daemon = self.start()
        self.assertIn(" 401 ", self.watch(daemon, "ioc_wrong").header)
        events = self.watch(daemon, self.made["token"])
        _, first = events.next()
        self.assertTrue(first["complete"])
        self.write_access(more=", revoked: true")
        daemon.child.process.send_signal(signal.SIGHUP)
        name, end = events.next()
        if name != "end":  # the reload brought the catalogue anew, before the second was over
            self.assertTrue(end["complete"])
            name, end = events.next()
        self.assertEqual((name, end["status"]), ("end", "UNAUTHENTICATED"))
        self.assertIn("revoked", end["message"])
        try:
            self.assertTrue(events.ended())
        except ssl.SSLEOFError as error:
            self.fail(f"the end is not as TLS has it: {error}")


if __name__ == "__main__":
    unittest.main()
