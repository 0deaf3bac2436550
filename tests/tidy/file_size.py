"""No file of code grows past 400 lines: such a file usually holds two ideas."""

import tree

MOST_LINES = 400

# Path: why it is longer.
EXCEPTIONS = {}


def check(root, exceptions=None):
    exceptions = EXCEPTIONS if exceptions is None else exceptions
    sizes = {str(path): sum(1 for _ in tree.lines(root, path))
             for path in tree.files(root, tree.CODE)}
    found = [f"{path}: has {size} lines, more than {MOST_LINES}; split it, or say in file_size.py why"
             for path, size in sizes.items() if size > MOST_LINES and path not in exceptions]
    found += [f"{path}: stands in file_size.py but has no more than {MOST_LINES} lines"
              for path in exceptions if sizes.get(path, 0) <= MOST_LINES]
    return found
