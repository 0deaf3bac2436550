"""Includes go only along the arrows of docs/architecture.md."""

import re

import tree

# Folder of daemon/: the folders whose headers it may include, beside its own.
LAYERS = {
    "base": set(),
    "audit": {"base"},
    "domain": {"base"},
    "eventlog": {"base", "domain"},
    "snapshot": {"base"},
    "ledger": {"base", "domain"},
    "tls": {"base"},
    "engine": {"base", "domain", "eventlog", "snapshot"},
    "access": {"base", "domain", "tls"},
    "config": {"base", "domain", "eventlog", "engine", "tls", "access"},
    "exposition": {"base", "domain", "eventlog", "engine"},
    "standing": {"base", "domain", "eventlog", "engine"},
    "bookkeeper": {"base", "domain", "ledger", "engine", "standing"},
}
LAYERS["wire"] = set(LAYERS["engine"]) | {"audit", "engine", "config", "exposition", "tls", "access"}
LAYERS["door"] = LAYERS["wire"] | {"wire"}
LAYERS["ingest"] = LAYERS["wire"] | {"wire", "door"}
LAYERS["query"] = LAYERS["wire"] | {"wire", "door", "standing"}
LAYERS["wall"] = set()
LAYERS["http"] = LAYERS["wire"] | {"wire", "door", "ingest", "query", "standing", "wall"}
MAIN = set(LAYERS)
# The daemon's folders that programs of clients/ share. audit, eventlog, snapshot and engine: a data
# directory and a backup are read, checked and mended with the code that the daemon reads its own with.
# ledger: its name in a backup. tls: both sides read certificates and keys from files. access: tokens are made where they are hashed.
CLIENTS = {"base", "audit", "domain", "eventlog", "snapshot", "ledger", "engine", "config", "tls",
           "access"}

# What may be included in angle brackets or from packages, left of and in the engine, in tls and in wall.
INNER = {
    "base": r"absl/.*|xxhash\.h",
    "audit": r"absl/.*|sodium\.h",
    "domain": r"absl/.*",
    "eventlog": r"absl/.*|xxhash\.h",
    "snapshot": r"absl/.*|xxhash\.h",
    "ledger": r"absl/.*|sqlite3\.h",
    "engine": r"absl/.*|xxhash\.h",
    "tls": r"absl/.*|openssl/.*",
    "wall": r"absl/.*",
}
SYSTEM = r"[a-z0-9_]+"  # <vector>
POSIX = r"((arpa|netinet|sys)/)?[a-z0-9_]+\.h"  # <unistd.h>, in base alone
INCLUDE = re.compile(r'^\s*#\s*include\s*[<"]([^>"]+)[>"]')


def objection(place, allowed, name):
    """Why a file of `place` may not include `name`; None if it may."""
    folder = name.split("/")[0]
    if "/" in name and folder in LAYERS:
        if folder != place and folder not in allowed:
            return f"{place} must not include {folder}/"
        return None
    if place not in INNER or re.fullmatch(SYSTEM, name) or re.fullmatch(INNER[place], name):
        return None
    if place == "base" and re.fullmatch(POSIX, name):
        return None
    return f"{place} must not include <{name}>: only the layers right of the engine may"


def check(root):
    found = []
    for path in tree.files(root, (".h", ".cc"), ("daemon", "clients")):
        if path.parts[0] == "clients":
            place, allowed = "clients", CLIENTS
        elif len(path.parts) == 2:
            place, allowed = "main", MAIN
        else:
            place = path.parts[1]
            allowed = LAYERS.get(place)
        if allowed is None:
            found.append(f"{path}: the folder {place} has no place among the layers of includes.py")
            continue
        for number, text in tree.lines(root, path):
            match = INCLUDE.match(text)
            why = objection(place, allowed, match.group(1)) if match else None
            if why:
                found.append(f"{path}:{number}: {why}")
    return found
