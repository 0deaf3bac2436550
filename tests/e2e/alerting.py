"""What the tests of alerts need: the real Alertmanager with the shipped configuration, and those who
listen to it."""

import email
import email.policy
import http.server
import json
import shutil
import socketserver
import threading
import urllib.request

import yaml

import centre

SHIPPED = centre.ROOT / "config/alertmanager"
# In place of the hours of an office, so that no test depends on when it runs.
NEVER, ALWAYS = [{"years": ["2000"]}], [{"times": [{"start_time": "00:00", "end_time": "24:00"}]}]


class Webhook(http.server.ThreadingHTTPServer):
    """Keeps what Alertmanager sends to it."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.received.append(json.loads(body))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_):
            pass

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.received = []
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()

    def told(self):
        """(status, name of the alert, owner) of each notification, in their order."""
        return [(n["status"], n["groupLabels"]["alertname"], n["commonLabels"].get("owner"))
                for n in self.received]


class MailServer(socketserver.ThreadingTCPServer):
    """Takes mail by SMTP as a server does that asks for neither TLS nor a name, and keeps it."""

    allow_reuse_address = True
    daemon_threads = True

    class Handler(socketserver.StreamRequestHandler):
        def say(self, line):
            self.wfile.write(line.encode() + b"\r\n")

        def handle(self):
            self.say("220 test")
            to = []
            for line in self.rfile:
                verb = line.decode().strip().upper()
                if verb.startswith("RCPT TO:"):
                    to.append(line.decode().strip()[len("RCPT TO:"):].strip("<>"))
                if verb == "DATA":
                    self.say("354 go on")
                    self.take(to)
                    to = []
                self.say("221 bye" if verb == "QUIT" else "250 OK")

        def take(self, to):
            lines = iter(self.rfile.readline, b".\r\n")
            text = b"".join(line[1:] if line.startswith(b"..") else line for line in lines)
            mail = email.message_from_bytes(text, policy=email.policy.default)
            self.server.received.append((to, mail))

    def __init__(self):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.received = []  # ([address, …], message)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def stop(self):
        self.shutdown()
        self.server_close()


class Exporter(http.server.ThreadingHTTPServer):
    """Stands where the daemon does, and says of itself what a test wants: lines of its /metrics."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            page = self.server.page
            self.send_response(503 if page is None else 200)
            self.send_header("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
            self.end_headers()
            self.wfile.write(("" if page is None else page).encode())

        def log_message(self, *_):
            pass

    def __init__(self, lines):
        super().__init__(("127.0.0.1", 0), self.Handler)
        self.http = f"127.0.0.1:{self.server_port}"
        self.show(lines)
        threading.Thread(target=self.serve_forever, daemon=True).start()

    def show(self, lines):
        """From now on these; None: it does not answer as it should."""
        self.page = None if lines is None else "".join(line + "\n" for line in lines)

    def stop(self):
        self.shutdown()
        self.server_close()


def configuration(receivers=False):
    """The shipped alertmanager.yml; with the marks of its receivers taken off as its users do."""
    text = (SHIPPED / "alertmanager.yml").read_text(encoding="utf-8")
    if receivers:
        text = "".join(line.removeprefix("#+") for line in text.splitlines(keepends=True))
    return yaml.safe_load(text)


class Alertmanager:
    """The shipped routes and texts at intervals fit for a test, sent to `webhook` and `mail`."""

    def __init__(self, folder, webhook, mail=None, muted=NEVER):
        self.address = f"127.0.0.1:{centre.free_port()}"
        config = configuration(receivers=True)
        config["global"] = {"smtp_smarthost": f"127.0.0.1:{mail.server_address[1] if mail else 1}",
                            "smtp_from": "ioc@example.vn", "smtp_require_tls": False}
        config["route"].update(group_wait="1s", group_interval="2s")
        config["time_intervals"][0]["time_intervals"] = muted
        for receiver in config["receivers"]:
            (hook,) = receiver["webhook_configs"]
            hook.update(url=f"http://127.0.0.1:{webhook.server_port}/", http_config={})
            if not mail:
                del receiver["email_configs"]
        shutil.copytree(SHIPPED, folder / "alertmanager")
        file = folder / "alertmanager/alertmanager.yml"
        file.write_text(yaml.safe_dump(config, allow_unicode=True), encoding="utf-8")
        self.child = centre.Child(
            "alertmanager",
            ["prometheus-alertmanager", f"--config.file={file}", "--cluster.listen-address=",
             f"--storage.path={folder}/alertmanager-data",
             f"--web.listen-address={self.address}"],
            folder, f"http://{self.address}/-/ready")

    def alerts(self, name):
        """Those that it holds, with what keeps them from being sent."""
        url = f"http://{self.address}/api/v2/alerts?filter=alertname%3D{name}"
        return json.loads(centre.http_get(url))

    def groups(self):
        return json.loads(centre.http_get(f"http://{self.address}/api/v2/alerts/groups"))

    def silences(self):
        return json.loads(centre.http_get(f"http://{self.address}/api/v2/silences"))

    def post(self, **labels):
        """An alert, as Prometheus sends them."""
        alert = {"labels": labels, "annotations": {"summary_vi": "Thử"}}
        post = urllib.request.Request(f"http://{self.address}/api/v2/alerts",
                                      json.dumps([alert]).encode(),
                                      {"Content-Type": "application/json"})
        urllib.request.urlopen(post, timeout=30).close()

    def stop(self):
        return self.child.stop()
