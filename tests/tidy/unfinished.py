"""Nothing in the tree says of itself that it is unfinished."""

import re

import tree

MARKS = re.compile(r"\b(TO" r"DO|FIX" r"ME|X" r"XX)\b")


def check(root):
    return [
        f"{path}:{number}: '{match.group(0)}': finish it, or write an issue instead"
        for path in tree.files(root, tree.WRITTEN)
        for number, text in tree.lines(root, path)
        if (match := MARKS.search(text))]
