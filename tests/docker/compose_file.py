"""compose.yaml as docker-compose understands it, without an engine."""

import functools
import pathlib
import re
import subprocess
import tempfile

import yaml

ROOT = pathlib.Path(__file__).resolve().parents[2]
DOCKER = ROOT / "docker"


@functools.cache
def resolved(*names, **environment):
    """The files merged, variables replaced, paths absolute; ValueError with what is wrong. Not to be
    changed."""
    with tempfile.TemporaryDirectory() as folder:
        files = []
        for name in names:
            # Debian's docker-compose is older than the key `name`, and knows all others.
            text = re.sub(r"^name: .*\n", "", (DOCKER / name).read_text(encoding="utf-8"),
                          flags=re.MULTILINE)
            copy = pathlib.Path(folder, name)
            copy.write_text(text, encoding="utf-8")
            files += ["--file", str(copy)]
        done = subprocess.run(["docker-compose", "--project-directory", str(DOCKER), *files,
                               "--profile", "tools", "config"], capture_output=True, text=True,
                              check=False, env={"PATH": "/usr/bin:/bin", **environment})
    if done.returncode != 0:
        raise ValueError(done.stderr)
    return yaml.safe_load(done.stdout)


def mounts(service):
    """(source, path inside, whether it is read-only) of each; a source without / is a volume."""
    found = []
    for text in service.get("volumes", []):
        source, path, mode = text.split(":")
        found.append((source, path, mode == "ro"))
    return found
