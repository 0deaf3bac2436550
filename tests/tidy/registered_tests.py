"""Every *_test.cc, *_test.py and *_test.mjs stands in the CMakeLists.txt of its folder, so that it runs."""

import pathlib
import re

import tree


def check(root):
    found = []
    for path in tree.files(root, (".cc", ".py", ".mjs"), ("tests",)):
        if not path.stem.endswith("_test"):
            continue
        listing = pathlib.Path(root) / path.parent / "CMakeLists.txt"
        text = re.sub(r"#.*", "", listing.read_text()) if listing.exists() else ""
        if not re.search(rf"(?<!\w){re.escape(path.name)}\b", text):
            found.append(f"{path}: is not in {path.parent}/CMakeLists.txt, so it never runs")
    return found
