"""Who may do what, over real TLS: each role, each call, each way of saying who one is; and what
becomes of those who may no longer."""

import json
import pathlib
import subprocess
import time
import unittest

import centre
import secure_centre

ROLES = ("sender", "reader", "approver", "administrator")
READERS = {"reader", "approver", "administrator"}
EVENTS = json.dumps({"department": "stp", "producer": "p", "sequence": "1", "events": [
    {"indicator": "dossiers_received", "value": 1, "eventTime": "2026-11-01T00:00:00Z"}]}).encode()
PUSH = ("push", "--department", "stp", "--indicator", "dossiers_received", "--value", "1")

# What each call takes; None: anyone. Of gRPC the command of iocctl that makes the call.
GRPC = {
    PUSH: {"sender"},
    ("resume", "--department", "stp"): {"sender"},
    ("status",): READERS,
    ("targets",): READERS,
    ("reports",): READERS,
    ("clock",): {"administrator"},
    ("clock", "confirm"): {"administrator"},
    ("backup", "BACKUP"): {"administrator"},
    ("reload",): {"administrator"},
}
HTTP = {
    ("POST", "/api/v1/events", EVENTS): {"sender"},
    ("GET", "/api/v1/resume?department=stp&producer=p", None): {"sender"},
    ("GET", "/api/v1/departments", None): READERS | {"sender"},
    ("GET", "/api/v1/indicators", None): READERS | {"sender"},
    ("GET", "/api/v1/series?indicator=dossiers_received", None): READERS,
    ("GET", "/api/v1/scorecard", None): READERS,
    ("GET", "/api/v1/targets", None): READERS,
    ("GET", "/api/v1/reports", None): READERS,
    ("HEAD", "/api/v1/watch", None): READERS,  # GET has no end; watch_test.py
    ("GET", "/metrics", None): READERS,
    ("POST", "/-/clock/confirm", b""): {"administrator"},
    ("POST", "/-/reload", b""): {"administrator"},
    ("GET", "/-/healthy", None): None,
    ("GET", "/-/ready", None): None,
    ("GET", "/", None): None,
    ("GET", "/wall/app.js", None): None,
    ("GET", "/api/v1", None): None,
}


class AccessTest(secure_centre.SecureCentreTest):
    settings = "access: access.yaml\n"

    def setUp(self):
        super().setUp()
        self.make_certificates("department", "svhttdl",
                               *(word for role in ROLES for word in ("name", role)))
        self.tokens, self.entries = {}, {}
        for role in ROLES:
            made = subprocess.run([centre.BIN / "iocctl", "token", "new", "--json"], check=True,
                                  capture_output=True, text=True)
            made = json.loads(made.stdout)
            self.tokens[role] = made["token"]
            self.entries[role] = f"{{id: {made['id']}, hash: \"{made['hash']}\"}}"
        self.write_access()

    def write_access(self, stp="", more=""):
        """`stp`: more keys of the department's own identity; `more`: more of the file."""
        lines = ["identities:", f"  - {{name: stp, roles: [sender], department: stp{stp}}}",
                 "  - {name: svhttdl, roles: [sender], department: svhttdl}"]
        for role in ROLES:
            department = ", department: stp" if role == "sender" else ""
            lines.append(f"  - {{name: {role}, roles: [{role}]{department},"
                         f" tokens: [{self.entries[role]}]}}")
        (self.folder / "access.yaml").write_text("\n".join(lines) + "\n" + more)

    def flags(self, certificate=None, token=None):
        flags = ["--ca", self.file("ca.crt")]
        if certificate:
            path = certificate if "/" in certificate else self.file(certificate)
            flags += ["--cert", f"{path}.crt", "--key", f"{path}.key"]
        if token:
            file = self.folder / "token"
            file.write_text(token + "\n")
            file.chmod(0o600)
            flags += ["--token-file", str(file)]
        return flags

    def ways(self, role):
        return {"certificate": {"certificate": f"name-{role}"}, "token": {"token": self.tokens[role]}}

    def reload(self, daemon):
        status, text = self.ask(daemon, "/-/reload", token=self.tokens["administrator"], body=b"")
        self.assertEqual(status, 200, text)
        return text

    def test_each_role_may_what_the_table_says_by_each_way_over_grpc(self):
        daemon = self.start()
        count = 0
        for role in ROLES:
            for way, shown in self.ways(role).items():
                for command, allowed in GRPC.items():
                    count += 1
                    words = [str(self.folder / f"backup-{count}") if word == "BACKUP" else word
                             for word in command]
                    done = self.iocctl(daemon, *words, *self.flags(**shown))
                    with self.subTest(role=role, way=way, command=command):
                        if role in allowed:
                            self.assertEqual(done.returncode, 0, done.stderr)
                        else:
                            self.assertEqual(done.returncode, 1, done.stderr)
                            self.assertIn(f"'{role}' ({role}) may not", done.stderr)
        for command in GRPC:
            done = self.iocctl(daemon, *command, *self.flags())
            self.assertEqual(done.returncode, 1, done.stderr)
            self.assertIn("say who you are", done.stderr)

    def test_each_role_may_what_the_table_says_by_each_way_over_http(self):
        daemon = self.start()
        for role in ROLES:
            for way, shown in self.ways(role).items():
                for (method, path, body), allowed in HTTP.items():
                    status, text = self.ask(daemon, path, method=method, body=body, **shown)
                    with self.subTest(role=role, way=way, path=path):
                        self.assertEqual(status, 200 if allowed is None or role in allowed else 403,
                                         text)
        for (method, path, body), allowed in HTTP.items():
            status, text = self.ask(daemon, path, method=method, body=body)
            self.assertEqual(status, 200 if allowed is None else 401, f"{path}: {text}")

    def test_nobody_sends_as_another_department_but_where_granted(self):
        daemon = self.start()
        other = ("push", "--department", "svhttdl", "--indicator", "dossiers_received", "--value",
                 "1", *self.flags("department-stp"))
        done = self.iocctl(daemon, *other)
        self.assertEqual(done.returncode, 1)
        self.assertIn("'stp' sends as department 'stp'; this says 'svhttdl'", done.stderr)

        event = {"indicator": "dossiers_received", "department": "svhttdl", "value": 1,
                 "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}

        def send(sequence):
            body = json.dumps({"department": "stp", "producer": "one-stop", "sequence": sequence,
                               "events": [event]}).encode()
            status, text = self.ask(daemon, "/api/v1/events", "department-stp", body=body)
            self.assertEqual(status, 200, text)
            return json.loads(text)

        refused = send("1")["rejected"]
        self.assertEqual(refused[0]["code"], "NOT_PERMITTED")
        self.write_access(stp=", sends_for: [svhttdl]")
        self.assertIn("identity 'stp': sends_for is [svhttdl], was []", self.reload(daemon))
        self.assertEqual(send("2")["accepted"], 1)

    def test_an_import_shows_each_department_s_own_certificate(self):
        daemon = self.start()
        figures = self.folder / "figures.tsv"
        yesterday = time.strftime("%Y-%m-%d", time.gmtime(time.time() - 86400))
        figures.write_text("department\tindicator\tdate\tvalue\n"
                           f"stp\tdossiers_received\t{yesterday}\t1\n"
                           f"svhttdl\tdossiers_received\t{yesterday}\t2\n")
        command = ("import", "--json", str(figures))
        one_for_all = self.iocctl(daemon, *command, *self.flags("department-stp"))
        self.assertEqual(one_for_all.returncode, 1)
        self.assertIn("'stp' sends as department 'stp'; this says 'svhttdl'", one_for_all.stdout)
        each_its_own = self.iocctl(daemon, *command, "--certificates", str(self.certificates),
                                   *self.flags(token=self.tokens["reader"]))
        self.assertEqual(each_its_own.returncode, 0, each_its_own.stdout + each_its_own.stderr)
        missing = self.iocctl(daemon, *command, "--certificates", str(self.folder),
                              *self.flags(token=self.tokens["reader"]))
        self.assertEqual(missing.returncode, 2)
        self.assertIn("department-stp.crt", missing.stderr)

    def test_anyone_may_ask_for_health(self):
        daemon = self.start()
        done = self.iocctl(daemon, "health", *self.flags())
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("takes batches", done.stdout)
        self.assertIn("SERVING", self.iocctl(daemon, "health", "--json", *self.flags()).stdout)
        daemon.child.stop()
        gone = self.iocctl(daemon, "health", *self.flags())
        self.assertEqual(gone.returncode, 1)
        self.assertIn("no daemon answers", gone.stderr)

    def test_certificates_that_are_not_good_are_refused(self):
        daemon = self.start()
        bad = self.folder / "bad"
        bad.mkdir()

        def issue(name, uris, ca="ca", days=("-days", "1"), folder=self.certificates):
            subprocess.run(["openssl", "req", "-newkey", "ec", "-pkeyopt",
                            "ec_paramgen_curve:P-256", "-nodes", "-keyout", bad / f"{name}.key",
                            "-subj", f"/CN={name}", "-out", bad / "csr"], check=True,
                           capture_output=True)
            (bad / "ext").write_text("extendedKeyUsage = clientAuth\n" + (
                "subjectAltName = " + ", ".join(f"URI:{uri}" for uri in uris) + "\n" if uris
                else ""))
            subprocess.run(["openssl", "x509", "-req", "-in", bad / "csr", "-CA",
                            pathlib.Path(folder) / f"{ca}.crt", "-CAkey",
                            pathlib.Path(folder) / f"{ca}.key", *days, "-extfile", bad / "ext",
                            "-out", bad / f"{name}.crt"], check=True, capture_output=True)
            return str(bad / name)

        named = {
            "no URI": ([], "it must have exactly one"),
            "two": (["ioc://son_la/department/stp", "ioc://son_la/name/administrator"],
                    "it must have exactly one"),
            "malformed": (["ioc://son_la/department/stp/x"], "names nobody"),
            "upper case": (["ioc://son_la/department/STP"], "names nobody"),
            "unknown": (["ioc://son_la/department/khac"], "has no identity here"),
            "a name as department": (["ioc://son_la/department/administrator"],
                                     "has no identity here"),
            "another territory": (["ioc://lai_chau/department/stp"], "son_la"),
        }
        for name, (uris, why) in named.items():
            path = issue(name.replace(" ", "-"), uris)
            with self.subTest(name):
                status, text = self.ask(daemon, "/api/v1/departments", path)
                self.assertEqual(status, 401, text)
                self.assertIn(why, text)
                done = self.iocctl(daemon, *PUSH, *self.flags(path))
                self.assertEqual(done.returncode, 1)
                self.assertIn(why, done.stderr)

        other = self.folder / "other"
        self.make_certificates(folder=other)
        for name, path in {
                "wrong authority": issue("foreign", ["ioc://son_la/department/stp"], folder=other),
                "expired": issue("expired", ["ioc://son_la/department/stp"], days=("-days", "-1")),
        }.items():
            with self.subTest(name):
                self.assertNotEqual(self.iocctl(daemon, *PUSH, *self.flags(path)).returncode, 0)
                with self.assertRaises(OSError):
                    self.ask(daemon, "/api/v1/departments", path)

        fingerprint = subprocess.run(
            ["openssl", "x509", "-noout", "-fingerprint", "-sha256", "-in",
             self.file("department-stp.crt")], check=True, capture_output=True, text=True)
        self.write_access(more="revoked_certificates: ["
                          + fingerprint.stdout.split("=")[1].strip() + "]\n")
        self.reload(daemon)
        status, text = self.ask(daemon, "/api/v1/departments", "department-stp")
        self.assertEqual(status, 401)
        self.assertIn("has been revoked", text)
        self.assertEqual(self.ask(daemon, "/api/v1/departments", "department-svhttdl")[0], 200)

    def test_an_invalid_file_of_identities_leaves_the_old_one_at_work(self):
        daemon = self.start()
        (self.folder / "access.yaml").write_text("identities: [{name: x, roles: [boss]}]\n")
        status, text = self.ask(daemon, "/-/reload", token=self.tokens["administrator"], body=b"")
        self.assertEqual(status, 400)
        self.assertIn("access.yaml:1:", text)
        self.assertIn("'boss' is no role", text)
        self.assertEqual(self.ask(daemon, "/metrics", token=self.tokens["reader"])[0], 200)

    def test_each_change_of_access_stands_in_the_audit(self):
        daemon = self.start()
        ids = {role: entry.split(",")[0] for role, entry in self.entries.items()}
        self.entries["reader"] = self.entries["sender"].replace(ids["sender"], ids["reader"])
        self.write_access(more="open: {wall: [0.0.0.0/0]}\n")
        changes = [f"identity 'reader': token {self.tokens['reader'][4:16]} is another one",
                   "open.wall is [0.0.0.0/0], was []"]
        self.assertEqual(self.reload(daemon).splitlines(), ["reloaded:", *changes])
        daemon.stop()
        shown = subprocess.run(
            [centre.BIN / "iocctl", "audit", "show", "--json", "--action", "access_change",
             "--data-dir", self.folder / "data"], check=True, capture_output=True, text=True)
        entries = json.loads(shown.stdout)["entries"]
        self.assertEqual([entry["what"] for entry in entries], changes)
        self.assertEqual({entry["who"] for entry in entries}, {"administrator"})

    def test_metrics_and_figures_are_open_to_the_networks_that_are_named(self):
        self.write_access(more="open: {metrics: [127.0.0.0/8], wall: [10.0.0.0/8]}\n")
        daemon = self.start()
        self.assertEqual(self.ask(daemon, "/metrics")[0], 200)
        self.assertEqual(self.ask(daemon, "/api/v1/scorecard")[0], 401)
        self.assertEqual(self.ask(daemon, "/metrics", token="ioc_wrong")[0], 401)

    def test_no_secret_is_in_a_log_an_error_or_the_audit(self):
        daemon = self.start()
        secrets = [token[17:] for token in self.tokens.values()]
        wrong = self.tokens["reader"][:-1] + ("A" if self.tokens["reader"][-1] != "A" else "B")
        said = [self.ask(daemon, "/metrics", token=token)[1]
                for token in (wrong, self.tokens["sender"])]
        said.append(self.iocctl(daemon, "clock", *self.flags(token=wrong)).stderr)
        (self.folder / "access.yaml").write_text(
            f"identities: [{{name: x, roles: [reader], tokens: [{{id: 012345678901, hash: {wrong}}}]}}]\n")
        said.append(self.ask(daemon, "/-/reload", token=self.tokens["administrator"], body=b"")[1])
        daemon.stop()
        for file in self.folder.rglob("*"):
            if file.is_file() and "data" in file.parts or file.suffix in (".log", ".jsonl"):
                said.append(file.read_bytes().decode(errors="replace"))
        self.assertTrue(any("identity_refused" in text for text in said))
        for text in said:
            for secret in [*secrets, wrong[17:]]:
                self.assertNotIn(secret, text)
            self.assertNotIn("$argon2id$v", text)


if __name__ == "__main__":
    unittest.main()
