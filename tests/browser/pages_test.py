"""The page of a department and that of an indicator: found from the overview, and live."""

import unittest

from browser import HEADING, WallTest

import catalogues


class PagesTest(WallTest):

    def setUp(self):
        super().setUp()
        self.daemon = self.start_with(catalogues.whole())
        catalogues.push(self.daemon, "stttt", "internet_users_pct", catalogues.LAGGING)

    def hash(self):
        return self.page.run("return location.hash")

    def test_a_tile_opens_its_departments_page(self):
        self.page.open(self.daemon)
        self.page.wait(lambda page: page.has('a[data-department="stttt"]'), "the tile")
        self.page.click('[data-department="stttt"]')
        self.page.wait_text("Sở Thông tin và Truyền thông", HEADING)
        self.assertEqual(self.hash(), "#/department/stttt")
        self.page.wait_text("Tỷ lệ người sử dụng Internet", "main")

    def test_a_target_opens_its_indicators_page(self):
        self.page.open(self.daemon)
        row = '[data-indicator="internet_users_pct"][data-target]'
        self.page.wait(lambda page: page.has(row), "the target")
        self.page.click(f"{row} a, a{row}")
        self.page.wait_text("Tỷ lệ người sử dụng Internet", HEADING)
        self.assertIn("#/indicator/internet_users_pct", self.hash())
        self.page.wait_text("10%", "main")

    def test_an_open_page_follows_what_is_pushed(self):
        self.page.open(self.daemon, "#/indicator/internet_users_pct")
        self.page.wait_text("10%", "main")
        catalogues.push(self.daemon, "stttt", "internet_users_pct", 0.4782)
        self.page.wait_text("47,82%", "main")
        self.page.open(self.daemon, "#/department/stttt")
        self.page.wait_text("47,82%", "main")
        catalogues.push(self.daemon, "stttt", "internet_users_pct", 0.4856)
        self.page.wait_text("48,56%", "main")

    def test_a_code_that_nobody_knows_is_named(self):
        for fragment in ("#/department/atlantis", "#/indicator/atlantis",
                         "#/indicator/internet_users_pct?scope=atlantis"):
            with self.subTest(fragment):
                self.page.open(self.daemon, fragment)
                self.page.wait_text("atlantis", "main")

    def test_an_address_that_is_no_page_says_so_and_leads_back(self):
        self.page.open(self.daemon, "#/no/such/page")
        self.page.wait_text("Không có", "main")
        self.page.click('a[href="#/"]')
        self.page.wait(lambda page: page.has('[data-department="stttt"]'), "the overview")


if __name__ == "__main__":
    unittest.main()
