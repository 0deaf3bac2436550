"""The committed dashboards are what their source gives, and the source agrees with the library's types.

Compiles a copy in IOC_GRAFANA_DIR, where the packages stay for the next time."""

import os
import pathlib
import shutil
import subprocess
import tempfile
import unittest

COMMITTED = pathlib.Path(__file__).resolve().parents[2] / "config/grafana"
WORK = pathlib.Path(os.environ["IOC_GRAFANA_DIR"])
MANIFEST = ("package.json", "package-lock.json")


def run(*command):
    done = subprocess.run(command, cwd=WORK, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          text=True, check=False)
    if done.returncode:
        raise AssertionError(f"{' '.join(map(str, command))}:\n{done.stdout}")


def install_packages():
    """Only if the manifest is not the one that they were installed for."""
    installed = WORK / "installed-for"
    wanted = "".join((COMMITTED / name).read_text() for name in MANIFEST)
    if installed.exists() and installed.read_text() == wanted:
        return
    for name in MANIFEST:
        shutil.copy(COMMITTED / name, WORK)
    run("npm", "ci", "--no-audit", "--no-fund")
    installed.write_text(wanted)


def texts(folder):
    return {str(path.relative_to(folder)): path.read_text(encoding="utf-8")
            for path in pathlib.Path(folder).rglob("*.json")}


class CurrentTest(unittest.TestCase):

    def test_the_committed_dashboards_are_those_of_the_source(self):
        WORK.mkdir(parents=True, exist_ok=True)
        install_packages()
        for name in ("source", "compiled"):
            shutil.rmtree(WORK / name, ignore_errors=True)
        shutil.copytree(COMMITTED / "source", WORK / "source")
        shutil.copy(COMMITTED / "tsconfig.json", WORK)
        run("npm", "run", "--silent", "compile")
        with tempfile.TemporaryDirectory() as generated:
            run("node", "compiled/generate.js", generated)
            expected, found = texts(generated), texts(COMMITTED / "dashboards")
        self.assertEqual(sorted(found), sorted(expected))
        differ = sorted(name for name in expected if found[name] != expected[name])
        self.assertEqual(differ, [], "run `npm run generate` in config/grafana")


if __name__ == "__main__":
    unittest.main()
