"""Peers that mean harm, or are broken: the daemon goes on serving the others."""

import resource
import socket
import ssl
import time
import unittest

import centre
import secure_centre

HALF_OPEN = 10_000


class HostilePeersTest(secure_centre.SecureCentreTest):
    settings = "access: access.yaml\n"

    def setUp(self):
        super().setUp()
        (self.folder / "access.yaml").write_text(
            "identities:\n  - {name: stp, roles: [sender], department: stp}\n"
            "open: {metrics: [127.0.0.1/32]}\n")
        self.sockets = []
        self.sequence = 0

    def allow_open_files(self):
        _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        if hard != resource.RLIM_INFINITY and hard < HALF_OPEN + 500:
            self.skipTest(f"needs {HALF_OPEN + 500} open files, {hard} are allowed")
        resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))

    def tearDown(self):
        for peer in self.sockets:
            peer.close()

    def connect(self, address, source="127.0.0.1"):
        host, port = address.split(":")
        peer = socket.create_connection((host, int(port)), timeout=centre.PATIENCE,
                                        source_address=(source, 0))
        self.sockets.append(peer)
        return peer

    def over_tls(self, address, source="127.0.0.1"):
        peer = self.context().wrap_socket(self.connect(address, source), server_hostname="127.0.0.1")
        self.sockets.append(peer)
        return peer

    def assert_serves(self, daemon):
        """Both doors, within what anyone would wait."""
        self.sequence += 1
        began = time.monotonic()
        done = self.iocctl(daemon, "push", "--department", "stp", "--producer", "p", "--sequence",
                           str(self.sequence), "--indicator", "dossiers_received", "--value", "1",
                           "--ca", self.file("ca.crt"), "--cert", self.file("department-stp.crt"),
                           "--key", self.file("department-stp.key"))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.get(daemon, "/metrics")
        return time.monotonic() - began

    def test_ten_thousand_connections_that_say_nothing(self):
        self.allow_open_files()
        daemon = self.start()
        for i in range(HALF_OPEN):
            # No address has ports for more than some tens of thousands.
            self.connect(daemon.grpc, f"127.0.9.{i % 4 + 1}")
        print(f"beside {HALF_OPEN} half-open connections: {self.assert_serves(daemon):.2f} s for a "
              f"push and a scrape, {self.memory(daemon):,.0f} MiB of memory")
        self.assertLess(self.memory(daemon), 1024)

    def memory(self, daemon):
        with open(f"/proc/{daemon.child.process.pid}/status", encoding="utf-8") as status:
            for line in status:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return 0

    def test_headers_that_come_byte_by_byte(self):
        daemon = self.start()
        slow = [self.over_tls(daemon.http, "127.0.9.2") for _ in range(400)]
        for byte in b"GET /metrics HTTP/1.1\r\n":
            for peer in slow:
                peer.send(bytes([byte]))
        print(f"beside {len(slow)} slow headers: {self.assert_serves(daemon):.2f} s")

    def test_a_header_of_a_mebibyte(self):
        daemon = self.start()
        peer = self.over_tls(daemon.http)
        try:
            peer.sendall(b"GET / HTTP/1.1\r\nX: " + b"a" * 2**20)
        except (OSError, ssl.SSLError):
            pass  # refused before all was sent
        self.assertIn(b" 431 ", peer.recv(100))
        self.assert_serves(daemon)

    def test_noise(self):
        daemon = self.start()
        for address in (daemon.grpc, daemon.http):
            peer = self.connect(address)
            try:
                peer.sendall(bytes(range(256)) * 4096)
                while peer.recv(65536):
                    pass
            except OSError:
                pass  # it hung up, which is right
        for address in (daemon.grpc, daemon.http):
            peer = self.over_tls(address)
            try:
                peer.sendall(bytes(range(256)) * 64)
                while peer.recv(65536):
                    pass
            except OSError:
                pass
        self.assert_serves(daemon)


if __name__ == "__main__":
    unittest.main()
