"""What the wall shows where there is nothing, too much, or something that is not real."""

import re
import unittest

from browser import WALL, WallTest

import catalogues
import demonstration

BARE = catalogues.DEPARTMENTS + """\
indicators:
  - {code: internet_users_pct, name_vi: Người sử dụng Internet, name_en: Internet users,
     kind: coverage, unit: percent, direction: higher, cadence: monthly, reporters: owner,
     owner: stttt}
"""
STATUSES = ("achieved", "on_track", "at_risk", "lagging", "regressed", "missed")


class StatesTest(WallTest):

    def test_simulated_data_are_named_on_every_page_and_real_ones_are_not(self):
        daemon = self.start_with(catalogues.whole(), "--demo")
        self.page.open(daemon)
        catalogues.push(daemon, "stc", "budget_online_pct", catalogues.AT_RISK)
        self.page.wait(lambda page: page.targets()[:1] == [("budget_online_pct", "at_risk")], "a value")
        self.assertFalse(self.page.has("#simulated"))
        catalogues.push(daemon, "stp", "dossiers_received", 1, simulated=True)
        for fragment in ("#/department/stttt", "#/indicator/budget_online_pct", "#/"):
            self.page.open(daemon, fragment)
            self.page.wait(lambda page: page.has("#simulated"), f"the banner on {fragment}")
            self.assertIn("mô phỏng", self.page.text("#simulated").lower())

    def test_a_centre_without_targets_says_so(self):
        daemon = self.start_with(BARE)
        self.page.open(daemon)
        self.page.wait(lambda page: page.has('[data-department="stttt"]'), "the tiles")
        self.assertEqual(self.page.targets(), [])
        self.assertEqual([self.page.count(status) for status in STATUSES], ["0"] * len(STATUSES))
        self.assertEqual(self.page.tile("stttt", "data-status"), "none")
        self.page.wait_text("Danh mục không có chỉ tiêu nào", "main")

    def test_a_centre_without_values_shows_every_unit_and_no_number_for_them(self):
        daemon = self.start_with(catalogues.whole())
        self.page.open(daemon)
        self.page.wait(lambda page: page.tile("stttt", "data-status") == "no_data", "its target")
        for department in ("stttt", "stc", "stp"):
            shown = self.page.figure(department)
            self.assertNotRegex(shown, r"\d", department)  # missing is no value, never zero
        self.assertEqual([self.page.count(status) for status in STATUSES], ["0"] * len(STATUSES))

    def test_the_whole_province_fits_on_the_wall(self):
        self.page.open(self.keep(demonstration.start(self.folder)))
        self.page.wait(lambda page: page.run(
            "return document.querySelectorAll('[data-department]').length") == 38, "38 tiles")
        for language in ("vi", "en"):
            self.page.wait(lambda page: page.attribute("html", "lang") == language, language)
            self.assertEqual(self.page.run("""
                return [document.documentElement.scrollWidth, document.documentElement.scrollHeight];
                """), list(WALL), language)
            self.assertEqual(self.page.run("""
                return [...document.querySelectorAll('[data-department], [data-count], [data-owing], '
                        + '[data-target][data-status=missed], [data-target][data-status=lagging]')]
                    .map(part => [part, part.getBoundingClientRect()])
                    .filter(([, box]) => box.bottom > innerHeight || box.right > innerWidth
                        || box.top < 0 || box.left < 0)
                    .map(([part]) => part.textContent);"""), [], language)
            # What stands below the edge is at least counted.
            below = self.page.run("""
                return [...document.querySelectorAll('[data-target]')]
                    .filter(row => row.getBoundingClientRect().bottom > innerHeight).length;""")
            self.page.wait(lambda page, below=below: re.findall(r"\d+", page.text(".behind .below"))
                           == ([str(below)] if below else []), "how many targets stand below")
            self.page.click("#language")


if __name__ == "__main__":
    unittest.main()
