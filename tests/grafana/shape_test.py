"""Each dashboard is whole in itself, and what it leads to exists. Grafana itself says little of that:
a wrong link or a panel under another shows only when somebody looks."""

import itertools
import re
import unittest
import urllib.parse

import centre
import dashboards
import yaml

ALL = dict(dashboards.dashboards())
BY_UID = {dashboard["uid"]: dashboard for dashboard in ALL.values()}
GRID_WIDTH = 24


def provisioned(name):
    return yaml.safe_load((centre.ROOT / "config/grafana/provisioning" / name).read_text(encoding="utf-8"))


def overlap(one, other):
    return (one["x"] < other["x"] + other["w"] and other["x"] < one["x"] + one["w"]
            and one["y"] < other["y"] + other["h"] and other["y"] < one["y"] + one["h"])


def strings(value):
    """Every text in a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, dict)):
        for each in value.values() if isinstance(value, dict) else value:
            yield from strings(each)


def links(dashboard):
    return [text for text in strings(dashboard) if text.startswith("/d/")]


def panels():
    """(where it stands, panel) of every panel but rows."""
    return [(f"{path}: {panel['title']}", panel) for path, dashboard in ALL.items()
            for panel in dashboards.panels(dashboard) if panel["type"] != "row"]


class ShapeTest(unittest.TestCase):

    def test_both_languages_have_the_same_dashboards(self):
        names = {language: {path.split("/")[1] for path in ALL if path.startswith(f"{language}/")}
                 for language in ("vi", "en")}
        self.assertEqual(names["vi"], names["en"])
        self.assertEqual(len(BY_UID), len(ALL))
        for name in names["vi"]:
            with self.subTest(name):
                vi, en = (ALL[f"{language}/{name}"] for language in ("vi", "en"))
                self.assertEqual([(p["type"], p["gridPos"]) for p in vi["panels"]],
                                 [(p["type"], p["gridPos"]) for p in en["panels"]])

    def test_each_folder_is_provisioned(self):
        paths = [provider["options"]["path"] for provider in provisioned("dashboards/ioc.yml")["providers"]]
        self.assertEqual(sorted(path.rsplit("/", 1)[1] for path in paths),
                         sorted({path.split("/")[0] for path in ALL}))

    def test_time_is_that_of_the_province(self):
        for path, dashboard in ALL.items():
            with self.subTest(path):
                self.assertEqual(dashboard["timezone"], "Asia/Ho_Chi_Minh")
                self.assertIn(dashboard["refresh"], ("5s", "30s"))

    def test_the_notice_of_simulated_data_stands_on_top_and_is_as_wide_as_the_page(self):
        for path, dashboard in ALL.items():
            with self.subTest(path):
                first = dashboard["panels"][0]
                self.assertEqual(first["targets"][0]["expr"], "sum(ioc_department_simulated)")
                self.assertEqual((first["gridPos"]["y"], first["gridPos"]["w"]), (0, GRID_WIDTH))
                self.assertIn("DỮ LIỆU MÔ PHỎNG / SIMULATED DATA", " ".join(strings(first)))

    def test_the_wall_fits_on_its_screen(self):
        for path in ("vi/wall.json", "en/wall.json"):
            with self.subTest(path):
                lowest = max(p["gridPos"]["y"] + p["gridPos"]["h"] for p in ALL[path]["panels"])
                self.assertLessEqual(lowest * 38, 1080)  # 30 px of each unit of the grid, 8 px between

    def test_panels_have_an_id_of_their_own_and_do_not_overlap(self):
        for path, dashboard in ALL.items():
            with self.subTest(path):
                inside = list(dashboards.panels(dashboard))
                identifiers = [panel["id"] for panel in inside]
                self.assertEqual(len(set(identifiers)), len(identifiers))
                for panel in inside:
                    place = panel["gridPos"]
                    self.assertLessEqual(place["x"] + place["w"], GRID_WIDTH, panel["title"])
                for one, other in itertools.combinations(inside, 2):
                    self.assertFalse(overlap(one["gridPos"], other["gridPos"]), (one["title"], other["title"]))

    def test_panels_say_what_they_show(self):
        for where, panel in panels():
            with self.subTest(where):
                self.assertTrue(panel["title"].strip())
                self.assertTrue(panel["description"].strip())
                self.assertTrue(panel["fieldConfig"]["defaults"]["noValue"].strip())

    def test_panels_ask_the_provisioned_data_source(self):
        source = provisioned("datasources/prometheus.yml")["datasources"][0]
        reference = {"type": source["type"], "uid": source["uid"]}
        for where, panel in panels():
            with self.subTest(where):
                references = [target["refId"] for target in panel["targets"]]
                self.assertEqual(len(set(references)), len(references))
                for asked in [panel, *panel["targets"]]:
                    self.assertEqual(asked["datasource"], reference)

    def test_every_query_is_one_that_the_demonstration_tries(self):
        tried = [place for place, _ in dashboards.queries()]
        self.assertEqual(len(set(tried)), len(tried))
        texts = [path.read_text(encoding="utf-8") for path in dashboards.FOLDER.rglob("*.json")]
        written = sum(text.count('"expr":') for text in texts)
        self.assertEqual(written, len(tried))

    def test_columns_are_those_of_queries_that_exist(self):
        for where, panel in panels():
            if panel["type"] != "table":
                continue
            with self.subTest(where):
                named = [o["matcher"]["options"] for o in panel["fieldConfig"]["overrides"]]
                values = {name[-1] for name in named if name.startswith("Value #")}
                self.assertLessEqual(values, {target["refId"] for target in panel["targets"]})
                titles = [p["value"] for o in panel["fieldConfig"]["overrides"]
                          for p in o["properties"] if p["id"] == "displayName"]
                self.assertEqual(len(set(titles)), len(titles))
                for column in panel["options"].get("sortBy", ()):
                    self.assertIn(column["displayName"], titles)

    def test_links_lead_to_dashboards_with_the_variables_that_they_set(self):
        for path, dashboard in ALL.items():
            with self.subTest(path):
                self.assertTrue(links(dashboard))
                for link in links(dashboard):
                    address = urllib.parse.urlsplit(link)
                    target = BY_UID[address.path.removeprefix("/d/")]
                    there = {v["name"] for v in dashboards.variables(target)}
                    for name in re.findall(r"\bvar-(\w+)=", address.query):
                        self.assertIn(name, there, link)

    def test_each_dashboard_leads_to_all_others(self):
        for path, dashboard in ALL.items():
            with self.subTest(path):
                led_to = {link["url"].removeprefix("/d/") for link in dashboard["links"]}
                language = dashboard["uid"].split("-")[1]
                same = {uid for uid in BY_UID if uid.split("-")[1] == language}
                self.assertEqual(led_to & same, same - {dashboard["uid"]})
                self.assertEqual(len(led_to - same), 1)  # itself in the other language

    def test_fields_that_links_take_are_columns(self):
        for where, panel in panels():
            with self.subTest(where):
                fields = set(re.findall(r"__data\.fields\.(\w+)", " ".join(strings(panel))))
                if fields:
                    columns = {o["matcher"]["options"] for o in panel["fieldConfig"]["overrides"]}
                    self.assertLessEqual(fields, columns)


if __name__ == "__main__":
    unittest.main()
