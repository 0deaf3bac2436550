"""What the checks share: the files of the repository that people write."""

import pathlib

TOP_LEVEL = ("proto", "daemon", "clients", "config", "tests", "docker", "scripts", "docs", ".ci")
CODE = (".h", ".cc", ".py", ".proto", ".ts", ".js", ".mjs", ".css")
WRITTEN = CODE + (".txt", ".md", ".yaml", ".yml", ".json", ".html", "")
SKIPPED = ("__pycache__", "data", "node_modules", "compiled")


def files(root, suffixes, folders=TOP_LEVEL):
    """Files below `folders` with one of these suffixes, as paths relative to `root`, sorted."""
    root = pathlib.Path(root)
    return sorted(
        path.relative_to(root)
        for folder in folders
        for path in (root / folder).rglob("*")
        if path.is_file() and path.suffix in suffixes
        and not set(path.relative_to(root).parts) & set(SKIPPED))


def lines(root, path):
    """(number from 1, text) of each line."""
    return enumerate((pathlib.Path(root) / path).read_text(encoding="utf-8").splitlines(), 1)
