"""Starts the real programs of the centre on ports of their own, for the end-to-end tests.

IOC_BIN_DIR names the directory of the built programs (ctest sets it).
"""

import contextlib
import json
import os
import pathlib
import random
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import unittest
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = pathlib.Path(os.environ.get("IOC_BIN_DIR", ROOT / "build/release/bin"))
PATIENCE = 120  # seconds until a condition that must come counts as failed


def free_port():
    """A port that nobody holds, outside the range from which the system hands out its own."""
    while True:
        port = random.randint(10000, 30000)
        with contextlib.closing(socket.socket()) as probe:
            try:
                probe.bind(("127.0.0.1", port))
                return port
            except OSError:
                continue


def wait_until(condition, what, patience=PATIENCE):
    """Polls until `condition` returns something true, and returns that."""
    end = time.monotonic() + patience
    while True:
        result = condition()
        if result:
            return result
        if time.monotonic() > end:
            raise AssertionError(f"waited {patience} s in vain for {what}")
        time.sleep(0.1)


def http_get(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read().decode()


def answers(url):
    try:
        http_get(url)
        return True
    except (urllib.error.URLError, OSError):
        return False


def parse_metrics(text):
    """{(family, frozenset of (label, value)): number} of the Prometheus text format."""
    samples = {}
    for line in text.splitlines():
        match = re.fullmatch(r'(\w+)(?:\{(.*)\})? (\S+)', line)
        if match and not line.startswith("#"):
            labels = frozenset(re.findall(r'(\w+)="((?:[^"\\]|\\.)*)"', match.group(2) or ""))
            samples[match.group(1), labels] = float(match.group(3))
    return samples


def prometheus_query(address, expression):
    """The instant vector: a list of {"metric": labels, "value": [time, text]}."""
    url = f"http://{address}/api/v1/query?" + urllib.parse.urlencode({"query": expression})
    return json.loads(http_get(url))["data"]["result"]


class Child:
    """A program that runs beside the test; what it says goes to a file."""

    def __init__(self, name, command, folder, ready_url=None, **popen):
        self.name = name
        self.log = pathlib.Path(folder) / f"{name}.log"
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                [str(part) for part in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=ROOT, **popen)
        if ready_url:
            wait_until(lambda: self.check_alive() and answers(ready_url), f"{name} to be ready")

    def check_alive(self):
        if self.process.poll() is not None:
            raise AssertionError(f"{self.name} ended with {self.process.returncode}:\n"
                                 + self.log.read_text(errors="replace")[-4000:])
        return True

    def stop(self, sent=signal.SIGTERM):
        """Sends the signal, waits, returns the exit code (negative: killed by that signal)."""
        if self.process.poll() is None:
            self.process.send_signal(sent)
        try:
            return self.process.wait(timeout=60)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise AssertionError(f"{self.name} did not stop within 60 s") from None


class Daemon:
    """iocd on ports and a data directory of its own; may be killed and started again."""

    def __init__(self, folder, config=ROOT / "config/iocd.yaml", flags=()):
        self.folder = pathlib.Path(folder)
        self.config = config
        self.flags = flags
        self.grpc = f"127.0.0.1:{free_port()}"
        self.http = f"127.0.0.1:{free_port()}"
        self.child = None

    def start(self, wait=True):
        """Returns once it is ready; without `wait` at once."""
        self.child = Child(
            "iocd",
            [BIN / "iocd", "--config", self.config, "--data-dir", self.folder / "data",
             "--grpc-listen", self.grpc, "--http-listen", self.http, *self.flags],
            self.folder, f"http://{self.http}/-/ready" if wait else None)
        return self

    def kill(self):
        self.child.stop(signal.SIGKILL)

    def stop(self):
        return self.child.stop()

    def metrics_text(self):
        return http_get(f"http://{self.http}/metrics")

    def metrics(self):
        return parse_metrics(self.metrics_text())

    def push(self, request, timeout=30):
        """POSTs a PushRequest (a dict in protobuf's JSON form); returns the answer, a dict."""
        post = urllib.request.Request(
            f"http://{self.http}/api/v1/events", json.dumps(request).encode(),
            {"Content-Type": "application/json"})
        with urllib.request.urlopen(post, timeout=timeout) as answer:
            return json.loads(answer.read())

    def iocctl(self, *arguments):
        return subprocess.run([BIN / "iocctl", "--target", self.grpc, *map(str, arguments)],
                              cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)


class Prometheus:
    """The real Prometheus with the shipped configuration, at intervals fit for a test."""

    def __init__(self, folder, daemon, alertmanager="127.0.0.1:1", mend_rules=lambda text: text):
        self.address = f"127.0.0.1:{free_port()}"
        config = pathlib.Path(folder) / "prometheus"
        shutil.copytree(ROOT / "config/prometheus", config)
        text = (config / "prometheus.yml").read_text()
        text = text.replace("127.0.0.1:7480", daemon.http).replace("127.0.0.1:9093", alertmanager)
        text = re.sub(r"(scrape|evaluation)_interval: \d+s", r"\1_interval: 1s", text)
        (config / "prometheus.yml").write_text(text)
        for rules in (config / "rules").iterdir():
            rules.write_text(mend_rules(rules.read_text()))
        self.child = Child(
            "prometheus",
            ["prometheus", f"--config.file={config}/prometheus.yml",
             f"--storage.tsdb.path={folder}/prometheus-data",
             f"--web.listen-address={self.address}"],
            folder, f"http://{self.address}/-/ready")

    def query(self, expression):
        return prometheus_query(self.address, expression)

    def stop(self):
        return self.child.stop()


class CentreTest(unittest.TestCase):
    """A temporary folder, and programs that are stopped when the test ends however it ends."""

    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="ioc-e2e-"))
        self.addCleanup(shutil.rmtree, self.folder, ignore_errors=True)

    def keep(self, program):
        self.addCleanup(program.stop)
        return program

    def start_daemon(self, *flags, config=ROOT / "config/iocd.yaml"):
        return self.keep(Daemon(self.folder, config, flags).start())
