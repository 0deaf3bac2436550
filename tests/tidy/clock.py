"""Domain, event log and engine take the time as an argument: they ask no clock."""

import re

import tree

FOLDERS = ("daemon/domain", "daemon/eventlog", "daemon/engine")
CLOCKS = re.compile(
    r"system_clock|steady_clock|high_resolution_clock|absl::Now|\bclock_gettime\b|\bgettimeofday\b"
    r"|\btime\s*\(\s*(nullptr|NULL|0|&\w+)\s*\)|base/(system_)?clock\.h")


def check(root):
    return [
        f"{path}:{number}: '{match.group(0)}' asks a clock; take the time as an argument"
        for path in tree.files(root, (".h", ".cc"), FOLDERS)
        for number, text in tree.lines(root, path)
        if (match := CLOCKS.search(text.split("//")[0]))]
