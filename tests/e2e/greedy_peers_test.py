"""Peers that want all of the daemon's memory: it stays within its bound, and serves the others."""

import time
import unittest

import centre
import http2_peer
import secure_centre

CALLS = 100  # of one connection
MESSAGE = 7 * 2**20  # just below the most that gRPC takes
TRANSPORT_MIB = 512  # what it may hold of all connections (docs/security.md)


def varint(number):
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes(out + bytes([number]))


def field(number, content):
    """One field of a protobuf message: a text, a message or a whole number."""
    if isinstance(content, int):
        return varint(number << 3) + varint(content)
    return varint(number << 3 | 2) + varint(len(content)) + content


class GreedyPeersTest(secure_centre.SecureCentreTest):
    settings = "access: access.yaml\n"

    def setUp(self):
        super().setUp()
        (self.folder / "access.yaml").write_text(
            "identities:\n  - {name: stp, roles: [sender], department: stp}\n"
            "open: {metrics: [127.0.0.1/32]}\n")
        self.peers = []
        self.sequence = 0

    def tearDown(self):
        for peer in self.peers:
            peer.close()

    def peer(self, daemon, certificate=None):
        peer = http2_peer.Http2Peer(self.context(certificate), daemon.grpc)
        self.peers.append(peer)
        return peer

    def push(self, daemon, *more):
        self.sequence += 1
        return self.iocctl(daemon, "push", "--department", "stp", "--producer", "p", "--sequence",
                           str(self.sequence), "--indicator", "dossiers_received", "--value", "1",
                           "--ca", self.file("ca.crt"), "--cert", self.file("department-stp.crt"),
                           "--key", self.file("department-stp.key"), *more)

    def assert_serves(self, daemon):
        """Both doors; returns the seconds."""
        began = time.monotonic()
        done = self.push(daemon)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.get(daemon, "/metrics")
        return time.monotonic() - began

    def memory_mib(self, daemon):
        with open(f"/proc/{daemon.child.process.pid}/status", encoding="utf-8") as status:
            return next(int(line.split()[1]) / 1024 for line in status
                        if line.startswith("VmRSS:"))

    def test_half_sent_messages_of_nobody_stay_within_what_grpc_may_hold(self):
        # Each call could have 7 MiB: 700 in all, before it is known who calls.
        daemon = self.start()
        before = self.memory_mib(daemon)
        peer = self.peer(daemon)
        streams = [peer.open("/ioc.v1.IngestService/Push") for _ in range(CALLS)]
        for stream in streams:
            peer.begin_message(stream, MESSAGE + 1)
        while True:
            while peer.hear():
                pass
            if not sum(peer.send(stream, b"x" * (MESSAGE - peer.sent[stream]))
                       for stream in streams) and not peer.hear(0.2):
                break
        held = self.memory_mib(daemon) - before
        sent = sum(peer.sent.values()) / 2**20
        print(f"beside {CALLS} half-sent messages, {sent:,.0f} MiB: "
              f"{self.assert_serves(daemon):.2f} s for a push and a scrape, {held:,.0f} MiB more")
        # Its allocator keeps some of what was freed.
        self.assertLess(held, 2 * TRANSPORT_MIB)

    def test_a_stream_that_never_reads_its_answers(self):
        daemon = self.start()
        before = self.memory_mib(daemon)
        peer = self.peer(daemon, "department-stp")
        stream = peer.open("/ioc.v1.IngestService/PushStream")
        # Answers of some hundred bytes: every event is refused, and the first room for answers is
        # soon used.
        event = field(5, field(1, b"no_such_indicator"))
        sent = 0
        for sequence in range(1, 20_001):
            message = (field(1, b"stp") + field(2, b"deaf") + field(3, sequence) + event * 50)
            message = b"\0" + len(message).to_bytes(4, "big") + message
            while peer.hear():
                pass
            if peer.send(stream, message) < len(message):
                break  # the daemon takes no more before it is read
            sent += 1
        self.assertLess(sent, 20_000, "it took everything and kept the answers")
        print(f"beside a stream that stopped reading after {sent} batches: "
              f"{self.assert_serves(daemon):.2f} s for a push and a scrape, "
              f"{self.memory_mib(daemon) - before:,.0f} MiB more")
        self.assertLess(self.memory_mib(daemon) - before, 64)

    def test_beyond_its_memory_the_daemon_takes_nothing_and_says_when_to_come_again(self):
        self.write_config(self.settings + "limits: {memory_mib: 64}\n")
        daemon = self.start()
        self.assert_serves(daemon)
        peer = self.peer(daemon)
        streams = [peer.open("/ioc.v1.IngestService/Push") for _ in range(20)]
        for stream in streams:
            peer.begin_message(stream, MESSAGE + 1)
        while sum(peer.sent.values()) < 100 * 2**20:
            while peer.hear():
                pass
            for stream in streams:
                peer.send(stream, b"x" * (MESSAGE - peer.sent[stream]))
        centre.wait_until(lambda: "\niocd_memory_limit_bytes 6.7" in self.get(daemon, "/metrics")
                          or "\niocd_memory_limit_bytes 67108864" in self.get(daemon, "/metrics"),
                          "the bound")
        centre.wait_until(lambda: self.refusal(daemon), "a refusal")
        status, text, retry = self.refusal(daemon)
        self.assertEqual(status, 429)
        self.assertIn("uses all of the memory that it may", text)
        self.assertGreaterEqual(int(retry), 1)
        peer.close()
        # iocctl waits as it is told, and comes through once there is room.
        done = self.push(daemon)
        self.assertEqual(done.returncode, 0, done.stderr)

    def refusal(self, daemon):
        """How a batch over HTTP is refused; None if it is taken."""
        self.sequence += 1
        body = ('{"department": "stp", "producer": "p", "sequence": "%d", "events": []}'
                % self.sequence).encode()
        status, text, headers = self.ask_whole(daemon, "/api/v1/events", "department-stp", body)
        return None if status == 200 else (status, text, headers.get("Retry-After"))


if __name__ == "__main__":
    unittest.main()
