"""A peer of the gRPC server that does what no library of gRPC would: half-sent messages, answers that
it never reads."""

import socket
import struct

import h2.config
import h2.connection
import h2.events
import h2.exceptions


class Http2Peer:
    """One connection, over TLS. `sent` and `ended` are by stream."""

    def __init__(self, context, address):
        host, port = address.split(":")
        context.set_alpn_protocols(["h2"])
        self.socket = context.wrap_socket(socket.create_connection((host, int(port)), timeout=30),
                                          server_hostname=host)
        self.http2 = h2.connection.H2Connection(
            h2.config.H2Configuration(client_side=True, header_encoding="utf-8"))
        self.sent, self.ended = {}, {}
        self.http2.initiate_connection()
        self.flush()

    def close(self):
        self.socket.close()

    def flush(self):
        self.socket.settimeout(30)
        self.socket.sendall(self.http2.data_to_send())

    def open(self, method, headers=()):
        stream = self.http2.get_next_available_stream_id()
        self.http2.send_headers(stream, [
            (":method", "POST"), (":scheme", "https"), (":path", method), (":authority", "peer"),
            ("te", "trailers"), ("content-type", "application/grpc"), *headers])
        self.sent[stream] = 0
        self.flush()
        return stream

    def begin_message(self, stream, length):
        """gRPC's frame of a message: not compressed, so long."""
        self.send(stream, b"\0" + struct.pack(">I", length))

    def send(self, stream, data):
        """As much of it as the server has room for; returns how much."""
        begun = self.sent[stream]
        while data:
            try:
                room = min(self.http2.local_flow_control_window(stream),
                           self.http2.max_outbound_frame_size, len(data))
                if room <= 0:
                    break
                self.http2.send_data(stream, data[:room])
            except h2.exceptions.H2Error:
                break  # the server has ended the stream
            data = data[room:]
            self.sent[stream] += room
            self.flush()
        return self.sent[stream] - begun

    def hear(self, patience=0.001):
        """What the server says within `patience` seconds; False if nothing. Gives it no room for
        more data than it had from the start."""
        self.socket.settimeout(patience)
        try:
            data = self.socket.recv(65536)
        except TimeoutError:
            return False
        for event in self.http2.receive_data(data):
            if isinstance(event, (h2.events.TrailersReceived, h2.events.ResponseReceived)):
                headers = dict(event.headers)
                if "grpc-status" in headers:
                    self.ended[event.stream_id] = int(headers["grpc-status"])
            elif isinstance(event, h2.events.StreamReset):
                self.ended.setdefault(event.stream_id, None)
        self.flush()
        return bool(data)
