"""The real programs over TLS, with certificates as scripts/make-certificates makes them."""

import http.client
import json
import os
import pathlib
import socket
import ssl
import struct
import subprocess
import threading
import time
import unittest

import centre
import secure_centre

LIMIT = 10  # seconds that a door gives to a handshake

# Of HTTP/2, as much as shows that a connection lives.
PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
SETTINGS, PING, ACKNOWLEDGED = 4, 6, 1


def frame(sort, body=b"", flags=0):
    return struct.pack(">I", len(body))[1:] + bytes([sort, flags]) + bytes(4) + body


def ping(peer, mark):
    """Returns once the answer has come; `mark` has eight bytes."""
    peer.sendall(frame(PING, mark))
    came = b""
    while frame(PING, mark, ACKNOWLEDGED) not in came:
        more = peer.recv(4096)
        if not more:
            raise AssertionError(f"the connection has ended after {came!r}")
        came += more


def get_alive(peer):
    """Asks over HTTP/1.1 whether the daemon lives, on a connection that is there."""
    peer.sendall(b"GET /-/healthy HTTP/1.1\r\nHost: localhost\r\n\r\n")
    answer = http.client.HTTPResponse(peer)
    answer.begin()
    answer.read()
    if answer.status != 200:
        raise AssertionError(answer.status)


class TlsTest(secure_centre.SecureCentreTest):

    def test_clerks_and_scrapers_reach_both_doors(self):
        daemon = self.start()
        self.assertIn("ioc_department_info", self.get(daemon, "/metrics", "department-stp"))
        flags = ("--ca", self.file("ca.crt"), "--cert", self.file("department-stp.crt"),
                 "--key", self.file("department-stp.key"))
        pushed = self.iocctl(daemon, "push", "--department", "stp", "--producer", "tls",
                             "--sequence", "1", "--indicator", "dossiers_received", "--value", "1",
                             *flags)
        self.assertEqual(pushed.returncode, 0, pushed.stderr)
        by_environment = self.iocctl(
            daemon, "resume", "--department", "stp", "--producer", "tls", "--json",
            IOC_CA=flags[1], IOC_CERT=flags[3], IOC_KEY=flags[5])
        self.assertEqual(by_environment.returncode, 0, by_environment.stderr)
        self.assertEqual(int(json.loads(by_environment.stdout)["lastSequence"]), 1)

    def test_a_spool_is_sent_over_tls(self):
        daemon = self.start()
        spool = str(self.folder / "spool")
        put = self.iocctl(daemon, "push", "--department", "stp", "--producer", "p", "--spool",
                          spool, "--indicator", "dossiers_received", "--value", "1")
        self.assertEqual(put.returncode, 0, put.stderr)
        sent = self.iocctl(daemon, "spool", "send", "--spool", spool, "--until-empty", "--ca",
                           self.file("ca.crt"))
        self.assertEqual(sent.returncode, 0, sent.stderr)
        self.assertIn("Answered: 1 events", sent.stdout)

    def test_a_renewed_certificate_is_shown_at_both_doors_while_old_connections_go_on(self):
        daemon = self.start()
        old = ssl.PEM_cert_to_DER_cert(pathlib.Path(self.file("server.crt")).read_text())
        web, grpc = (self.connect(address) for address in (daemon.http, daemon.grpc))
        self.assertEqual([old, old], [peer.getpeercert(True) for peer in (web, grpc)])
        grpc.sendall(PREFACE + frame(SETTINGS))
        ping(grpc, b"before..")
        get_alive(web)

        for name in ("server.crt", "server.key"):
            os.remove(self.file(name))
        self.make_certificates()
        done = self.iocctl(daemon, "reload", "--ca", self.file("ca.crt"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("tls.certificate is another one, valid until ", done.stdout)

        new = ssl.PEM_cert_to_DER_cert(pathlib.Path(self.file("server.crt")).read_text())
        self.assertNotEqual(old, new)
        for address in (daemon.http, daemon.grpc):
            self.assertEqual(self.connect(address).getpeercert(True), new, address)
        ping(grpc, b"after...")
        get_alive(web)
        ends = ssl.cert_time_to_seconds(self.connect(daemon.http).getpeercert()["notAfter"])
        metrics = centre.parse_metrics(self.get(daemon, "/metrics"))
        self.assertEqual(metrics["iocd_certificate_end_timestamp_seconds", frozenset()], ends)

    def connect(self, address):
        """A connection that speaks TLS, open until the test ends."""
        host, port = address.split(":")
        context = self.context()
        context.set_alpn_protocols(["h2", "http/1.1"])
        peer = context.wrap_socket(socket.create_connection((host, int(port)), centre.PATIENCE),
                                   server_hostname=host)
        self.addCleanup(peer.close)
        return peer

    def test_a_daemon_that_another_authority_signed_is_not_trusted_and_said_so(self):
        daemon = self.start()
        other = self.folder / "other"
        subprocess.run([centre.ROOT / "scripts/make-certificates", other, "son_la"], check=True,
                       capture_output=True)
        done = self.iocctl(daemon, "status", "--ca", str(other / "ca.crt"))
        self.assertEqual(done.returncode, 1)
        self.assertIn("certificate verify failed", done.stderr)
        self.assertIn("--ca", done.stderr)

    def test_a_plain_client_is_told_that_it_needs_tls(self):
        daemon = self.start()
        done = self.iocctl(daemon, "status")
        self.assertEqual(done.returncode, 1)
        self.assertIn("--ca", done.stderr)

    def test_missing_files_are_bad_usage(self):
        daemon = centre.Daemon(self.folder)
        for command in (("status",), ("clock",), ("spool", "status", "--spool", "x")):
            with self.subTest(command):
                done = self.iocctl(daemon, *command, "--ca", "/no/such/file")
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn("/no/such/file", done.stderr)

    def test_the_daemon_says_what_is_wrong_with_its_files(self):
        os.chmod(self.file("server.key"), 0o644)
        done = subprocess.run([centre.BIN / "iocd", "--config", self.config, "--data-dir",
                               self.folder / "data"], capture_output=True, text=True, timeout=60,
                              check=False)
        self.assertEqual(done.returncode, 2, done.stderr)
        self.assertIn("chmod 640", done.stderr)
        self.assertIn("server.key", done.stderr)

    def test_a_peer_that_says_nothing_is_let_go(self):
        daemon = self.start()
        took = {}

        def wait_for_the_end(address):
            host, port = address.split(":")
            with socket.create_connection((host, int(port))) as silent:
                silent.settimeout(centre.PATIENCE)
                began = time.monotonic()
                self.assertEqual(silent.recv(1), b"")
                took[address] = time.monotonic() - began

        threads = [threading.Thread(target=wait_for_the_end, args=(address,))
                   for address in (daemon.grpc, daemon.http)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        self.assertEqual(len(took), 2)
        for address, seconds in took.items():
            self.assertGreater(seconds, LIMIT - 1, address)


if __name__ == "__main__":
    unittest.main()
