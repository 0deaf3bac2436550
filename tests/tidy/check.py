"""Runs one check over the repository: check.py NAME ROOT. Prints each finding; exits 1 if any."""

import importlib
import sys

NAMES = ("clock", "file_size", "folder_map", "includes", "registered_tests", "unfinished")


def main():
    if len(sys.argv) != 3 or sys.argv[1] not in NAMES:
        sys.exit(f"check.py: usage: check.py NAME ROOT; NAME is one of {', '.join(NAMES)}.")
    findings = importlib.import_module(sys.argv[1]).check(sys.argv[2])
    for finding in findings:
        print(finding)
    sys.exit(1 if findings else 0)


main()
