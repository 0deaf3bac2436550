"""Runs services of a compose file without an engine: each in the files of its image, read-only, as its
user, with its volumes, environment and rights; all in one network of their own, cut off from others."""

import ctypes
import fcntl
import os
import pathlib
import shutil
import signal
import socket
import struct
import subprocess
import tempfile

import compose_file

CLONE_NEWNS, CLONE_NEWNET = 0x00020000, 0x40000000
SIOCGIFFLAGS, SIOCSIFFLAGS, IFF_UP = 0x8913, 0x8914, 1
PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"


def _unshare(flags):
    if ctypes.CDLL(None, use_errno=True).unshare(flags) != 0:
        raise OSError(ctypes.get_errno(), "unshare")


def leave_mounts():
    """From now on this process and its children mount for themselves alone."""
    _unshare(CLONE_NEWNS)
    mount("--make-rprivate", "/")


def leave_network():
    """From now on there is the loopback interface alone, on which every port is free."""
    _unshare(CLONE_NEWNET)
    with socket.socket() as any_socket:
        request = struct.pack("16sh22x", b"lo", 0)
        flags, = struct.unpack("16xh22x", fcntl.ioctl(any_socket, SIOCGIFFLAGS, request))
        fcntl.ioctl(any_socket, SIOCSIFFLAGS, struct.pack("16sh22x", b"lo", flags | IFF_UP))


def mount(*words):
    subprocess.run(["mount", *[str(word) for word in words]], check=True)


class Pod:
    """`folder` keeps volumes and logs. `files(service)`: a directory with what its image holds, its
    configuration as Docker has it, and directories of this machine that stand in it, read-only.

    Nothing is mounted in a directory that is ever emptied: roots are directories of their own, which
    are unmounted and then removed only if they are empty."""

    def __init__(self, folder, services, files):
        self._folder = pathlib.Path(folder)
        self._services = services
        self._files = files
        self._images = {}
        self._running = []
        self._hosts = self._folder / "hosts"
        self._hosts.write_text("".join(f"127.0.0.1 {name}\n" for name in ("localhost", *services)))

    def start(self, name):
        """The process of the service's command."""
        with open(self._folder / f"{name}.log", "w", encoding="utf-8") as log:
            process = subprocess.Popen(self._inside(name), stdout=log, stderr=log,
                                       stdin=subprocess.DEVNULL, env=self._environment(name))
        self._running.append(process)
        return process

    def run(self, name, *words, given=None, check=True):
        """The service with other words behind its entrypoint, as `compose run` has it."""
        return subprocess.run(self._inside(name, list(words)), env=self._environment(name),
                              input=given, capture_output=True, check=check, timeout=300)

    def health(self, name):
        """The exit code of the health check of the service, or of its image."""
        test = self._services[name].get("healthcheck", {}).get("test") or \
            self._image(name)[1]["Healthcheck"]["Test"]
        assert test[0] == "CMD", test
        return subprocess.run(self._inside(name, test[1:], entrypoint=[]), capture_output=True,
                              env=self._environment(name), check=False, timeout=60).returncode

    def volume(self, name):
        return self._folder / "volumes" / name

    def log(self, name):
        return (self._folder / f"{name}.log").read_text(encoding="utf-8")

    def stop(self):
        for process in self._running:
            process.kill()
            process.wait()
        for root, _ in self._images.values():
            subprocess.run(["umount", "--lazy", root], check=True)  # with all that is mounted in it
            root.rmdir()

    def _image(self, name):
        """Where the service's files stand, and the configuration of its image."""
        if name not in self._images:
            files, configuration, of_the_host = self._files(name)
            self._images[name] = self._mounted(name, files, of_the_host), configuration
        return self._images[name]

    def _mounted(self, name, files, of_the_host):
        """As an engine does: what is mounted gets a place to be mounted at, then nothing changes."""
        service = self._services[name]
        volumes = [(source if source.startswith("/") else self._made_volume(source, files, path),
                    path, read_only) for source, path, read_only in compose_file.mounts(service)]
        volumes += [(path, path, True) for path in of_the_host]
        for path in ("/proc", "/dev", "/etc", *(path for _, path, _ in volumes)):
            (files / path.lstrip("/")).mkdir(parents=True, exist_ok=True)
        (files / "etc/hosts").touch()

        root = pathlib.Path(tempfile.mkdtemp(prefix="iocd-root-"))
        mount("--bind", files, root)
        if service.get("read_only"):
            mount("-o", "remount,bind,ro", root)
        mount("--bind", self._hosts, root / "etc/hosts")
        mount("-t", "proc", "proc", root / "proc")
        mount("-t", "tmpfs", "-o", "mode=755", "tmpfs", root / "dev")
        for device in ("null", "zero", "random", "urandom"):
            (root / "dev" / device).touch()
            mount("--bind", f"/dev/{device}", root / "dev" / device)
        for link, target in (("fd", "fd"), ("stdin", "fd/0"), ("stdout", "fd/1"), ("stderr", "fd/2")):
            (root / "dev" / link).symlink_to(f"/proc/self/{target}")
        for path in service.get("tmpfs", []):
            mount("-t", "tmpfs", "-o", "mode=1777,nosuid,nodev,noexec", "tmpfs",
                  root / path.lstrip("/"))
        for source, path, read_only in volumes:
            place = root / path.lstrip("/")
            mount("--bind", source, place)
            if read_only:
                mount("-o", "remount,bind,ro", place)
        return root

    def _made_volume(self, name, files, path):
        """A new volume gets the owner and the rights of what the image has in its place."""
        volume, place = self.volume(name), files / path.lstrip("/")
        if not volume.exists():
            volume.mkdir(parents=True)
            if place.is_dir():
                shutil.copystat(place, volume)
                owner = place.stat()
                os.chown(volume, owner.st_uid, owner.st_gid)
        return volume

    def _inside(self, name, words=None, entrypoint=None):
        service = self._services[name]
        root, configuration = self._image(name)
        if entrypoint is None:
            entrypoint = service.get("entrypoint") or configuration.get("Entrypoint") or []
        if words is None:
            words = service.get("command") or configuration.get("Cmd") or []
        user, _, group = (configuration.get("User") or "0:0").partition(":")
        rights = "".join(f",+{right.lower()}" for right in service.get("cap_add", []))
        assert service["cap_drop"] == ["ALL"], name
        return ["chroot", root, "/usr/bin/setpriv", f"--reuid={user}", f"--regid={group or user}",
                "--clear-groups", "--no-new-privs", "--pdeathsig=KILL",
                f"--bounding-set=-all{rights}", "--inh-caps=-all", "--", *entrypoint, *words]

    def _environment(self, name):
        image = dict(pair.split("=", 1) for pair in self._image(name)[1].get("Env") or [])
        return {"PATH": PATH, **image, **self._services[name].get("environment", {})}


def terminate(process, patience):
    """The exit code; an error if it has not ended by then."""
    process.send_signal(signal.SIGTERM)
    return process.wait(timeout=patience)
