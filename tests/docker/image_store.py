"""Builds images where no registry is reached: the bases are made by debootstrap and kept outside the
checkout, so that only the first run downloads and installs them."""

import contextlib
import fcntl
import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
CACHE = pathlib.Path(os.environ.get("XDG_CACHE_HOME", pathlib.Path.home() / ".cache")) / "iocd-images"
MIRROR = "http://deb.debian.org"
# As debian:12 has them.
SOURCES = f"""deb {MIRROR}/debian bookworm main
deb {MIRROR}/debian bookworm-updates main
deb {MIRROR}/debian-security bookworm-security main
"""
# As debian:12-slim leaves them out.
NOT_IN_SLIM = ("doc", "info", "locale", "man")
RECIPE = 1  # a higher number makes the bases anew


class CannotBuild(Exception):
    """What this machine lacks, as a sentence."""


def run(*command, **options):
    """What the command prints; its errors go where the test's go."""
    return subprocess.run([str(word) for word in command], check=True, text=True,
                          stdout=subprocess.PIPE, **options).stdout.strip()


def why_not():
    """Why images cannot be built here; None: they can."""
    if os.geteuid() != 0:
        return "only root may make a base system and mount it"
    for program in ("buildah", "debootstrap"):
        if not shutil.which(program):
            return f"the program {program} is missing; scripts/install-packages test installs it"
    probe = subprocess.run(["unshare", "--mount", "--net", "mount", "-t", "tmpfs", "tmpfs", "/mnt"],
                           capture_output=True, text=True, check=False)
    if probe.returncode != 0:
        return f"namespaces and mounts are not allowed: {probe.stderr.strip()}"
    try:
        urllib.request.urlopen(f"{MIRROR}/debian/dists/bookworm/Release", timeout=30).close()
    except OSError as error:
        return f"Debian's packages are not reached: {error}"
    return None


class ImageStore:
    """Images and containers of buildah, apart from those of this machine. One process at a time: a
    second one waits."""

    def __init__(self):
        CACHE.mkdir(parents=True, exist_ok=True)
        self._lock = open(CACHE / "lock", "w", encoding="utf-8")
        fcntl.flock(self._lock, fcntl.LOCK_EX)
        self._runtime = tempfile.TemporaryDirectory(prefix="iocd-images-")
        self._driver = self._working_driver()
        self._remove_all_but_bases()

    def close(self):
        self._remove_all_but_bases()
        self._runtime.cleanup()
        self._lock.close()

    def buildah(self, *words, driver=None, **options):
        driver = driver or self._driver
        return run("buildah", "--root", CACHE / driver, "--runroot", self._runtime.name,
                   "--storage-driver", driver, *words, **options)

    def bases(self):
        """(name for building, name for running), made where they are not there."""
        runtime = self._base("runtime", self._make_runtime, "")
        packages = "".join((ROOT / path).read_text(encoding="utf-8")
                           for path in ("scripts/install-packages", "scripts/packages/build.txt"))
        return self._base("build", self._make_build, packages, source=runtime), runtime

    def build(self, target, bases):
        """The name of the image of that stage of the Dockerfile."""
        ccache = pathlib.Path(os.environ.get("CCACHE_DIR", pathlib.Path.home() / ".cache/ccache"))
        ccache.mkdir(parents=True, exist_ok=True)
        volumes = ["--volume", f"{ccache}:/root/.cache/ccache"]
        settings = pathlib.Path.home() / ".config/ccache"
        if settings.is_dir():  # how large it may become: a smaller bound would empty it
            volumes += ["--volume", f"{settings}:/root/.config/ccache:ro"]
        name = f"localhost/iocd-test-{target}:latest"
        self.buildah("bud", "--isolation", "chroot", "--format", "docker", "--layers", "--pull-never",
                     *volumes, "--build-arg", f"BUILD_BASE={bases[0]}",
                     "--build-arg", f"RUNTIME_BASE={bases[1]}",
                     "--ignorefile", ROOT / "docker/Dockerfile.dockerignore",
                     "--file", ROOT / "docker/Dockerfile", "--target", target, "--tag", name, ROOT)
        return name

    def configuration(self, image):
        """User, Env, Cmd and so on, as Docker has them."""
        return json.loads(self.buildah("inspect", "--type", "image", image))["Docker"]["config"]

    def mount(self, image):
        """A directory with the image's files, which may be changed without the image noticing."""
        container = self.buildah("from", "--pull-never", image)
        return pathlib.Path(self.buildah("mount", container))

    def _working_driver(self):
        for driver in ("overlay", "vfs"):  # the second always works and copies everything
            with contextlib.suppress(subprocess.CalledProcessError):
                container = self.buildah("from", "scratch", driver=driver, stderr=subprocess.DEVNULL)
                self.buildah("mount", container, driver=driver, stderr=subprocess.DEVNULL)
                self.buildah("rm", container, driver=driver)
                return driver
        raise CannotBuild(f"buildah can keep nothing in {CACHE}")

    def _base(self, kind, make, content, source="scratch"):
        key = hashlib.sha256(f"{RECIPE}{SOURCES}{source}{content}".encode()).hexdigest()[:12]
        name = f"localhost/iocd-base-{kind}:{key}"
        if name not in self._names():
            print(f"making {name}", file=sys.stderr)
            container = self.buildah("from", source)
            make(container)
            self.buildah("commit", "--quiet", "--rm", container, name)
        return name

    def _names(self):
        images = json.loads(self.buildah("images", "--json") or "[]") or []
        return {name for image in images for name in image.get("names") or []}

    def _make_runtime(self, container):
        root = pathlib.Path(self.buildah("mount", container))
        run("debootstrap", "--variant=minbase", "bookworm", root, f"{MIRROR}/debian")
        (root / "etc/apt/sources.list").write_text(SOURCES, encoding="utf-8")
        excludes = "".join(f"path-exclude /usr/share/{name}/*\n" for name in NOT_IN_SLIM)
        (root / "etc/dpkg/dpkg.cfg.d/slim").write_text(excludes, encoding="utf-8")
        for path in [*(root / "var/cache/apt").rglob("*"), *(root / "var/lib/apt/lists").rglob("*"),
                     *(file for name in NOT_IN_SLIM for file in (root / "usr/share" / name).rglob("*"))]:
            if not path.is_dir():
                path.unlink()
        self.buildah("umount", container)

    def _make_build(self, container):
        """With what the Dockerfile would install, and ccache, which then compiles nothing twice."""
        def inside(*words):
            self.buildah("run", "--isolation", "chroot", "--volume", f"{ROOT}/scripts:/mnt:ro",
                         container, "--", *words)
        inside("/mnt/install-packages", "build")
        inside("apt-get", "install", "-y", "-qq", "--no-install-recommends", "ccache")

    def _remove_all_but_bases(self):
        self.buildah("rm", "--all")
        images = json.loads(self.buildah("images", "--all", "--json") or "[]") or []
        for image in images:
            if not any("/iocd-base-" in name for name in image.get("names") or []):
                with contextlib.suppress(subprocess.CalledProcessError):  # went with another
                    self.buildah("rmi", "--force", image["id"], stderr=subprocess.DEVNULL)
