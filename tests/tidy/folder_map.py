"""The README's map of folders is the tree's: each top-level folder and each folder of daemon/."""

import pathlib
import re

ENTRY = re.compile(r"^\| `([\w./-]+)/` \| (.*?) *\|$", re.MULTILINE)
OUTPUT = {"build", "var"}


def folders(root):
    root = pathlib.Path(root)
    top = {p.name for p in root.iterdir() if p.is_dir() and not p.name.startswith(".")} - OUTPUT
    daemon = {f"daemon/{p.name}" for p in (root / "daemon").iterdir() if p.is_dir()}
    return top | daemon


def check(root):
    readme = (pathlib.Path(root) / "README.md").read_text(encoding="utf-8")
    listed = dict(ENTRY.findall(readme))
    there = folders(root)
    found = [f"README.md: the map lists {name}/, which does not exist"
             for name in sorted(set(listed) - there) if not (pathlib.Path(root) / name).is_dir()]
    found += [f"README.md: the map does not list {name}/" for name in sorted(there - set(listed))]
    found += [f"README.md: the map says nothing about {name}/"
              for name, text in sorted(listed.items()) if not text]
    return found
