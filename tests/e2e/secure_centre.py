"""A daemon that speaks TLS, with certificates as scripts/make-certificates makes them."""

import json
import os
import ssl
import subprocess
import urllib.error
import urllib.request

import centre


class SecureCentreTest(centre.CentreTest):
    settings = ""  # lines of iocd.yaml beside tls and catalogue

    def setUp(self):
        super().setUp()
        self.certificates = self.folder / "certificates"
        self.make_certificates("department", "stp")
        self.config = self.folder / "iocd.yaml"
        self.write_config()

    def write_config(self, settings=None):
        catalogue = sorted((centre.ROOT / "config/son_la_2024").glob("*.yaml"))
        self.config.write_text(
            "tls: {certificate: certificates/server.crt, key: certificates/server.key,"
            " client_ca: certificates/ca.crt}\n"
            f"{self.settings if settings is None else settings}"
            f"catalogue: {json.dumps([str(path) for path in catalogue])}\n")

    def make_certificates(self, *holders, folder=None):
        subprocess.run([centre.ROOT / "scripts/make-certificates", folder or self.certificates,
                        "son_la", *holders], check=True, capture_output=True)

    def file(self, name):
        return str(self.certificates / name)

    def start(self):
        """The daemon; ready once its HTTP door says so over TLS."""
        daemon = centre.Daemon(self.folder, self.config)
        daemon.child = centre.Child(
            "iocd", [centre.BIN / "iocd", "--config", self.config, "--data-dir",
                     self.folder / "data", "--grpc-listen", daemon.grpc, "--http-listen",
                     daemon.http], self.folder)
        self.keep(daemon)
        centre.wait_until(
            lambda: daemon.child.check_alive() and self.answers(daemon, "/-/ready"), "iocd")
        return daemon

    def context(self, certificate=None):
        """`certificate`: the path of a .crt, its .key beside it; or a name in the folder."""
        context = ssl.create_default_context(cafile=self.file("ca.crt"))
        if certificate:
            path = str(certificate) if os.sep in str(certificate) else self.file(certificate)
            context.load_cert_chain(f"{path}.crt", f"{path}.key")
        return context

    def ask(self, daemon, path, certificate=None, token=None, body=None, method=None):
        """The status and the text of the answer."""
        return self.ask_whole(daemon, path, certificate, body, token, method)[:2]

    def ask_whole(self, daemon, path, certificate=None, body=None, token=None, method=None):
        """The same, and the answer's headers."""
        headers = {"Authorization": f"Bearer {token}"} if token else {}
        request = urllib.request.Request(f"https://{daemon.http}{path}", data=body,
                                         headers=headers, method=method)
        try:
            with urllib.request.urlopen(request, timeout=30,
                                        context=self.context(certificate)) as answer:
                return answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as refused:
            return refused.code, refused.read().decode(), refused.headers

    def get(self, daemon, path, certificate=None):
        status, text = self.ask(daemon, path, certificate)
        self.assertEqual(status, 200, text)
        return text

    def answers(self, daemon, path):
        try:
            return self.ask(daemon, path)[0] == 200
        except OSError:
            return False

    def iocctl(self, daemon, *arguments, **environment):
        return subprocess.run(
            [centre.BIN / "iocctl", "--target", daemon.grpc, *arguments], capture_output=True,
            text=True, timeout=120, check=False, env={**os.environ, **environment})
