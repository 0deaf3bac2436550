"""The queries that people's screens rest on: those of the Grafana dashboards, variables filled in."""

import json
import re

import centre

FOLDER = centre.ROOT / "config/grafana/dashboards"
# What Grafana fills in by itself, as of a dashboard that shows the last hour.
BUILT_IN = {"__rate_interval": "1m", "__range": "1h"}
SELECTOR = re.compile(r"\b(iocd?_\w+)(?:\{([^}]*)\})?")


def dashboards():
    """(path below the folder, dashboard) of every dashboard."""
    for path in sorted(FOLDER.rglob("*.json")):
        yield str(path.relative_to(FOLDER)), json.loads(path.read_text(encoding="utf-8"))


def panels(dashboard):
    """All panels, rows too, and those that stand in a row that is closed."""
    for panel in dashboard["panels"]:
        yield panel
        yield from panel.get("panels", ())


def variables(dashboard):
    return dashboard["templating"].get("list", ())


def fill(expression, values):
    """`$name` and `${name}` replaced by the variables' values; a name that nothing has is a mistake."""
    return re.sub(r"\$\{([A-Za-z]\w*)\}|\$([A-Za-z_]\w*)",
                  lambda match: values[match.group(1) or match.group(2)], expression)


def queries():
    """(where it stands, PromQL) of every query of every dashboard, with its variables as they are at first."""
    for path, dashboard in dashboards():
        values = {v["name"]: v["current"]["value"] for v in variables(dashboard)} | BUILT_IN
        for panel in panels(dashboard):
            for target in panel.get("targets", ()):
                yield f"{path}: {panel['id']} {panel['title']}: {target['refId']}", fill(target["expr"], values)


def choices():
    """(where it stands, PromQL, regular expression, first value) of every variable that is asked for."""
    for path, dashboard in dashboards():
        values = {v["name"]: v["current"]["value"] for v in variables(dashboard)}
        for variable in variables(dashboard):
            if variable["type"] == "query":
                series = re.fullmatch(r"query_result\((.*)\)", variable["query"]).group(1)
                yield (f"{path}: ${variable['name']}", fill(series, values), variable["regex"],
                       variable["current"])


def options(series, regex):
    """{value: text} that Grafana offers for what `query_result` gave."""
    pattern = re.compile(regex.strip("/").replace("(?<", "(?P<"))
    found = {}
    for one in series:
        labels = ",".join(f'{name}="{value}"' for name, value in one["metric"].items())
        match = pattern.search("{" + labels + "} 1 0")
        found[match.group("value")] = match.group("text")
    return found


def selectors():
    """
    Every family that a query names, with the labels' values that it asks for beside those of variables.
    Each has data of its own, or a renamed metric would hide behind an `or` of its query.
    """
    found = set()
    for _, dashboard in dashboards():
        expressions = [target["expr"] for panel in panels(dashboard) for target in panel.get("targets", ())]
        expressions += [v["query"] for v in variables(dashboard)]
        for family, matchers in SELECTOR.findall(" ".join(expressions)):
            fixed = [each for each in re.split(r",\s*(?=\w)", matchers) if each and "$" not in each]
            found.add(f"{family}{{{', '.join(fixed)}}}")
    return sorted(found)
