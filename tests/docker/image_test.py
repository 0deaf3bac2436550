"""The images as docker/Dockerfile makes them, and the services as docker/compose.yaml runs them: built
by buildah on a base that debootstrap made, started in their own files without a container engine.

The first run makes the bases in ~/.cache/iocd-images; what is there may be removed at any time.
"""

import contextlib
import datetime
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import tempfile
import time
import unittest
import urllib.parse
import urllib.request

import compose_file
import image_store
import pod

SKIPPED = 77  # the exit code that ctest takes for it
TARGETS = ("iocd", "setup", "simulation")
MOST_ADDED_MIB = 60  # that an image adds to Debian
BROUGHT_ALONG = {"libprotoc32"}  # libgrpc29 and libgrpc++1.51 are one source: see there
PATIENCE = 120       # seconds until what must come counts as failed
# The image of each service that is ours.
TARGETS_OF = {"setup": "setup", "iocd": "iocd", "operator": "iocd", "figures": "iocd",
              "iocsim": "simulation"}
# In place of images that are not: Debian's program, and where their volume stands.
FOREIGN = {"alertmanager": ("/usr/bin/prometheus-alertmanager", "alertmanager"),
           "prometheus": ("/usr/bin/prometheus", "prometheus")}
OF_THE_HOST = ("/usr", "/bin", "/lib", "/lib64")
NOBODY = 65534  # whose they are


def wait_until(condition, what):
    end = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > end:
            raise AssertionError(f"waited {PATIENCE} s in vain for {what}")
        time.sleep(0.2)


def words_of(path):
    return re.sub(r"#.*", "", path.read_text(encoding="utf-8")).split()


def in_root(root, *command):
    return image_store.run("chroot", root, *command, env={"PATH": pod.PATH, "LC_ALL": "C.UTF-8"})


def packages(root):
    return set(in_root(root, "dpkg-query", "-W", "-f=${Package}\n").split())


def programs(root):
    return [path for name in ("iocd", "iocctl", "iocsim") if (path := root / "usr/bin" / name).exists()]


class Images:
    """All of them, built once."""

    def __init__(self, store):
        self.store = store
        self.bases = store.bases()
        self.names = {}
        for target in TARGETS:
            begin = time.monotonic()
            self.names[target] = store.build(target, self.bases)
            print(f"{target}: built in {time.monotonic() - begin:.0f} s", file=sys.stderr)

    def mount(self, target):
        return self.store.mount(self.names[target])

    def configuration(self, target):
        return self.store.configuration(self.names[target])


IMAGES = None  # main() builds them


class ImageTest(unittest.TestCase):

    def test_it_says_how_it_is_run(self):
        said = IMAGES.configuration("iocd")
        self.assertEqual(said["User"], "7443:7443")
        self.assertEqual(set(said["Volumes"]), {"/var/lib/iocd"})
        self.assertEqual(set(said["ExposedPorts"]), {"7443/tcp", "7480/tcp"})
        self.assertEqual(said["StopSignal"], "SIGTERM")
        self.assertEqual(said["Healthcheck"]["Test"], ["CMD", "iocctl", "health"])
        for label in ("title", "description", "version", "revision", "base.name"):
            self.assertTrue(said["Labels"][f"org.opencontainers.image.{label}"], label)
        self.assertEqual(IMAGES.configuration("simulation")["User"], "7443:7443")

    def test_its_version_is_that_of_the_project(self):
        project = (image_store.ROOT / "CMakeLists.txt").read_text(encoding="utf-8")
        version = re.search(r"project\(iocd VERSION ([\d.]+)", project).group(1)
        said = IMAGES.configuration("iocd")["Labels"]["org.opencontainers.image.version"]
        self.assertEqual(said, version)

    def test_it_has_the_libraries_of_its_programs_and_no_other(self):
        listed = set(words_of(image_store.ROOT / "docker/runtime-packages.txt"))
        base = packages(IMAGES.store.mount(IMAGES.bases[1]))
        owners = set()
        for target in TARGETS:
            root = IMAGES.mount(target)
            for program in programs(root):
                libraries = in_root(root, "ldd", f"/usr/bin/{program.name}")
                self.assertNotIn("not found", libraries)
                for path in re.findall(r"=> (/\S+)", libraries):
                    path = in_root(root, "realpath", path)
                    # /lib is /usr/lib, of which dpkg knows the one or the other name.
                    names = {path, path.removeprefix("/usr")}
                    done = subprocess.run(["chroot", root, "dpkg-query", "-S", *names],
                                          capture_output=True, text=True, check=False)
                    self.assertTrue(done.stdout, f"{path}: of no package")
                    owners.add(done.stdout.split(":")[0])
            if target != "setup":
                self.assertEqual(packages(root) - base - listed, BROUGHT_ALONG, target)
        self.assertEqual(listed - owners, set(), "listed, but no program needs it")
        self.assertEqual(owners - listed - base, set(), "needed, but not listed")

    def test_it_holds_nothing_that_makes_anyone_root_and_no_secret(self):
        for target in TARGETS:
            root = IMAGES.mount(target)
            found = in_root(root, "find", "/", "-xdev", "-type", "f", "(", "-perm", "/6000", "-o",
                            "-name", "*.key", "-o", "-name", "access.yaml", ")")
            self.assertEqual(found, "", target)
            for name in ("gcc", "cmake", "ccache"):
                self.assertFalse((root / "usr/bin" / name).exists(), name)
            writable = in_root(root, "find", "/etc", "/usr", "-xdev", "-perm", "-o+w", "!", "-type",
                               "l")
            self.assertEqual(writable, "", target)

    def test_it_is_small(self):
        base = self.mebibytes(IMAGES.store.mount(IMAGES.bases[1]))
        for target in TARGETS:
            added = self.mebibytes(IMAGES.mount(target)) - base
            print(f"{target}: {added:.1f} MiB beside Debian's {base:.0f}", file=sys.stderr)
            self.assertLess(added, MOST_ADDED_MIB)

    def mebibytes(self, root):
        return int(image_store.run("du", "--summarize", "--block-size=1", "--one-file-system", root)
                   .split()[0]) / (1 << 20)


class CentreTest(unittest.TestCase):
    """The services of the compose files, each test with volumes of its own. All of them are in one
    network, so one test runs at a time."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="iocd-centre-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        self.event_time = datetime.datetime.now(datetime.timezone.utc).strftime("%FT%TZ")

    def centre(self, *names):
        centre = pod.Pod(self.folder, compose_file.resolved(*names)["services"], self.files)
        self.addCleanup(centre.stop)
        return centre

    def files(self, service):
        if service in FOREIGN:
            program, data = FOREIGN[service]
            files = self.folder / "files" / service
            (files / "tmp").mkdir(parents=True)
            (files / data).mkdir()
            os.chown(files / data, NOBODY, NOBODY)
            return files, {"User": f"{NOBODY}:{NOBODY}", "Entrypoint": [program]}, OF_THE_HOST
        target = TARGETS_OF[service]
        return IMAGES.mount(target), IMAGES.configuration(target), ()

    def start_daemon(self, centre):
        self.finish(centre, "setup")
        daemon = centre.start("iocd")
        self.wait_healthy(centre, "iocd", daemon)
        return daemon

    def finish(self, centre, service):
        code = centre.start(service).wait(timeout=PATIENCE)
        self.assertEqual(code, 0, centre.log(service))

    def wait_healthy(self, centre, service, process):
        def well():
            self.assertIsNone(process.poll(), centre.log(service))
            return centre.health(service) == 0
        wait_until(well, f"{service} to be healthy")

    def push(self, centre, department, holder):
        """The same event each time, sent from afar with what `setup certificate` gave the holder: what
        iocctl says and its exit code."""
        archive = centre.run("setup", "certificate", "department", holder).stdout
        outside = IMAGES.mount("iocd")
        subprocess.run(["tar", "-x", "-C", outside / "root"], input=archive, check=True)
        done = subprocess.run(
            ["chroot", outside, "iocctl", "--json", "--target", "127.0.0.1:7443", "--ca", "/root/ca.crt",
             "--cert", f"/root/department-{holder}.crt", "--key", f"/root/department-{holder}.key",
             "push", "--department", department, "--sequence", "1", "--indicator",
             "dossiers_received", "--value", "41", "--time", self.event_time],
            capture_output=True, text=True, check=False, env={"PATH": pod.PATH})
        return done.returncode, done.stdout + done.stderr

    def test_a_department_sends_with_its_certificate_and_what_it_sent_outlives_a_stop(self):
        centre = self.centre("compose.yaml")
        daemon = self.start_daemon(centre)
        self.assert_counted(centre, accepted=1)
        code, said = self.push(centre, "stc", holder="stp")
        self.assertEqual(code, 1)
        self.assertIn("'stp' sends as department 'stp'; this says 'stc'", said)

        begin = time.monotonic()
        self.assertEqual(pod.terminate(daemon, 10), 0, centre.log("iocd"))
        print(f"iocd: stopped in {time.monotonic() - begin:.1f} s", file=sys.stderr)
        self.assertNotEqual(centre.health("iocd"), 0)
        self.wait_healthy(centre, "iocd", centre.start("iocd"))
        self.assert_counted(centre, accepted=0, duplicate=1)

    def assert_counted(self, centre, **counts):
        code, said = self.push(centre, "stp", holder="stp")
        self.assertEqual(code, 0, said)
        self.assertLessEqual(counts.items(), json.loads(said).items())

    def test_a_backup_of_the_operator_is_restored_as_the_document_says(self):
        centre = self.centre("compose.yaml")
        daemon = self.start_daemon(centre)
        self.assert_counted(centre, accepted=1)
        centre.run("operator", "backup", "/var/backups/iocd/first")
        pod.terminate(daemon, 10)
        data = "/var/lib/iocd/data"
        centre.run("iocd", "mv", data, "/var/lib/iocd/damaged")
        restored = centre.run("iocd", "iocctl", "restore", "/var/backups/iocd/first", data)
        self.assertIn(b"Restored and verified: 1 batches", restored.stdout)
        self.wait_healthy(centre, "iocd", centre.start("iocd"))
        self.assert_counted(centre, accepted=0, duplicate=1)

    def test_setup_keeps_what_there_is_and_renews_what_ends(self):
        centre = self.centre("compose.yaml")
        self.finish(centre, "setup")
        before = self.secrets(centre)
        self.finish(centre, "setup")
        self.assertEqual(self.secrets(centre), before)
        for ends_within, renewed in ((31, set()), (29, {"server.crt"})):
            self.let_end(centre.volume("authority"), ends_within)
            before = self.secrets(centre)
            self.finish(centre, "setup")
            after = self.secrets(centre)
            self.assertEqual({path.name for path in after if before[path] != after[path]
                              and path.parent.name == "authority"}, renewed)

    def let_end(self, authority, days):
        """The server's certificate ends that soon."""
        for command in (["req", "-new", "-key", "server.key", "-subj", "/CN=x", "-out", "server.csr"],
                        ["x509", "-req", "-in", "server.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
                         "-days", str(days), "-out", "server.crt"]):
            subprocess.run(["openssl", *command], cwd=authority, check=True, capture_output=True)
        (authority / "server.csr").unlink()

    def secrets(self, centre):
        return {path: path.read_bytes() for path in (self.folder / "volumes").rglob("*")
                if path.is_file() and path.suffix != ".srl"}

    def test_identities_are_taken_only_if_they_are_right(self):
        centre = self.centre("compose.yaml")
        daemon = self.start_daemon(centre)
        shown = centre.run("setup", "show", "access").stdout
        wrong = centre.run("setup", "take", "access", given=b"identities: [{name: X}]\n", check=False)
        self.assertEqual(wrong.returncode, 2)
        self.assertEqual(centre.run("setup", "show", "access").stdout, shown)
        right = shown.replace(b"- {name: stp, roles: [sender]",
                              b"- {name: stp, revoked: true, roles: [sender]")
        centre.run("setup", "take", "access", given=right)
        daemon.send_signal(signal.SIGHUP)
        wait_until(lambda: self.push(centre, "stp", holder="stp")[0] != 0,
                   "the certificate to be refused")

    def test_prometheus_and_alertmanager_reach_what_they_need(self):
        centre = self.centre("compose.yaml")
        self.start_daemon(centre)
        for service in FOREIGN:
            centre.start(service)
        wait_until(lambda: self.query("up == 1", "job") == {"iocd", "prometheus", "alertmanager"},
                   "every target to be up")
        self.assertEqual(len(self.query("ioc_department_info", "department")), 38)
        known = self.prometheus("alertmanagers")["activeAlertmanagers"]
        self.assertEqual([one["url"] for one in known], ["http://alertmanager:9093/api/v2/alerts"])
        rules = list((compose_file.ROOT / "config/prometheus/rules").glob("*.yml"))
        self.assertEqual({group["file"] for group in self.prometheus("rules")["groups"]},
                         {f"/etc/ioc/rules/{path.name}" for path in rules})

    def prometheus(self, path):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:9090/api/v1/{path}", timeout=30) as answer:
                return json.load(answer)["data"]
        except OSError:
            return None

    def query(self, expression, label):
        data = self.prometheus("query?" + urllib.parse.urlencode({"query": expression}))
        return data and {one["metric"][label] for one in data["result"]}

    def test_the_demonstration_simulates_each_department_with_its_own_certificate(self):
        centre = self.centre("compose.yaml", "demo.yaml")
        self.start_daemon(centre)
        self.finish(centre, "figures")
        feed = centre.start("iocsim")
        wait_until(lambda: feed.poll() is not None or "Live feed" in centre.log("iocsim"), "the feed")
        self.assertEqual(pod.terminate(feed, 15), 0, centre.log("iocsim"))
        self.assertRegex(centre.log("iocsim"), r"Backlog: \d+ events of 3\d departments")
        self.assertNotIn("refused", centre.log("iocsim"))


def main():
    global IMAGES
    reason = image_store.why_not()
    if reason:
        print(f"skipped: {reason}.", file=sys.stderr)
        sys.exit(SKIPPED)
    pod.leave_mounts()
    with contextlib.closing(image_store.ImageStore()) as store:
        IMAGES = Images(store)
        pod.leave_network()
        failed = not unittest.main(exit=False).result.wasSuccessful()
    sys.exit(failed)


if __name__ == "__main__":
    main()
