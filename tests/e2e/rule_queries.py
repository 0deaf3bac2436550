"""The queries that alerts and trends rest on, in a form that a Prometheus of a few seconds can answer."""

import re

MATCHERS = r"(?:\{[^}]*\})?"
SERIES = re.compile(rf"(?<![\w:])iocd?_\w+\b(?!:){MATCHERS}|\bup{{[^}}]*}}")
RECORDED = re.compile(r"\b\w+:iocd?_\w+:\w+")


def of_rule(rule):
    """What must have data, or the rule watches nothing: each series of the daemon that it names,
    whatever it is compared with; of what is recorded also the whole, the past taken as a second ago."""
    expression = rule["query"]
    queries = SERIES.findall(expression)
    if rule["type"] == "recording":
        queries.append(re.sub(r"offset \d+[hdw]", "offset 1s", expression))
    return queries


def recorded_of(expression):
    """The recorded series that it names."""
    return RECORDED.findall(expression)
