"""The queries that people's screens rest on: those of the Grafana dashboards, variables filled in."""

import json

import centre


def queries():
    """(where it stands, PromQL) of every query of every dashboard."""
    for path in sorted((centre.ROOT / "config/grafana/dashboards").glob("*.json")):
        dashboard = json.loads(path.read_text(encoding="utf-8"))
        variables = {v["name"]: v["current"]["value"] for v in dashboard["templating"]["list"]}
        for panel in dashboard["panels"]:
            for target in panel.get("targets", ()):
                expression = target["expr"]
                for name, value in variables.items():
                    expression = expression.replace(f"${name}", value)
                yield f"{path.name}: {panel['title']}", expression
