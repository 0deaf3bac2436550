"""The queries that alerts and trends rest on, in a form that a Prometheus of a few seconds can answer."""

import re

# The series of the daemon, and those that are recorded of them.
SELECTOR = re.compile(r"(?:\b\w+:)?\biocd?_\w+(?::\w+)?(?:\{[^}]*\})?|\bup\{[^}]*\}")


def of_rule(rule):
    """What must have data, or the rule watches nothing: each series that it names, whatever it is
    compared with; of what is recorded also the whole, the past taken as a second ago."""
    expression = rule["query"]
    queries = [selector for selector in SELECTOR.findall(expression)
               if not re.search(r":(delta|ratio|offset)\d+[hdw]$", selector)]
    if rule["type"] == "recording":
        queries.append(re.sub(r"offset \d+[hdw]", "offset 1s", expression))
    return queries
