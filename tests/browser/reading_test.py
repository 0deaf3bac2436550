"""Whoever reads the wall: in Vietnamese or English, in the light or the dark, with keys alone."""

import unittest

from browser import HEADING, WallTest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys

import catalogues

# What has the focus, and whether it looks otherwise than without; null if it is the page itself.
FOCUS = """
    const focused = document.activeElement;
    if (focused === document.body) return null;
    const looks = () => [focused, ...focused.querySelectorAll('*')].map(part => {
        const style = getComputedStyle(part);
        return [style.outlineStyle, style.outlineWidth, style.boxShadow, style.stroke,
                style.strokeWidth];
    }).join();
    const shown = looks();
    focused.blur();
    const blurred = looks();
    focused.focus({preventScroll: true});
    return {what: focused.outerHTML.slice(0, 120), visible: shown !== blurred,
            department: focused.closest('[data-department]')?.dataset.department ?? ''};"""


class ReadingTest(WallTest):

    def setUp(self):
        super().setUp()
        self.daemon = self.start_with(catalogues.whole())
        catalogues.push(self.daemon, "stttt", "internet_users_pct", 0.4782)
        catalogues.push(self.daemon, "stp", "dossiers_received", 1234)

    def press(self, *keys):
        ActionChains(self.browser).send_keys(*keys).perform()

    def test_it_speaks_vietnamese_until_asked_for_english_and_remembers(self):
        page = self.page
        page.open(self.daemon)
        page.wait_text("1.234", '[data-department="stp"] [data-figure]')
        self.assertEqual(page.attribute("html", "lang"), "vi")
        self.assertIn("Sở Tư pháp", page.text('[data-department="stp"]'))
        self.assertIn("47,82%", page.text())

        page.click("#language")
        page.wait(lambda page: page.attribute("html", "lang") == "en", "English")
        page.wait_text("Justice", '[data-department="stp"]')
        page.wait_text("1,234", '[data-department="stp"] [data-figure]')
        self.assertIn("47.82%", page.text())
        self.assertNotIn("47,82%", page.text())

        page.open(self.daemon)
        self.assertEqual(page.attribute("html", "lang"), "en")
        page.wait_text("Justice", '[data-department="stp"]')

    def test_times_are_those_of_viet_nam_wherever_it_is_read(self):
        page = self.page
        page.open(self.daemon)
        shown, there = page.run("""
            return [document.querySelector('#picture-time').textContent,
                    [0, 60000].map(earlier => new Intl.DateTimeFormat('en-GB', {
                        timeZone: 'Asia/Ho_Chi_Minh', hour: '2-digit', minute: '2-digit',
                    }).format(Date.now() - earlier))];""")
        self.assertTrue(any(time in shown for time in there), (shown, there))

    def test_the_theme_changes_and_is_remembered(self):
        page = self.page
        page.open(self.daemon)
        ground = "return getComputedStyle(document.body).backgroundColor"
        first, first_ground = page.attribute("html", "data-theme"), page.run(ground)
        other = {"dark": "light", "light": "dark"}[first]
        page.click("#theme")
        page.wait(lambda page: page.attribute("html", "data-theme") == other, "the other theme")
        self.assertNotEqual(page.run(ground), first_ground)
        page.open(self.daemon)
        self.assertEqual(page.attribute("html", "data-theme"), other)

    def test_the_address_of_a_screen_wins_over_what_its_browser_has_kept(self):
        page = self.page

        def looks():
            return [page.attribute("html", name) for name in ("lang", "data-theme")]

        for wanted in (["en", "light"], ["vi", "dark"]):
            page.open(self.daemon, f"?lang={wanted[0]}&theme={wanted[1]}#/")
            self.assertEqual(looks(), wanted)
            page.click("#language")
            page.click("#theme")
            page.wait(lambda page, wanted=wanted: looks()[0] != wanted[0], "the other language")
            page.open(self.daemon, f"?lang={wanted[0]}&theme={wanted[1]}#/")
            self.assertEqual(looks(), wanted)

    def test_keys_alone_reach_a_department_and_come_back(self):
        page = self.page
        page.open(self.daemon)
        page.wait(lambda page: page.has('[data-department="stp"]'), "the tiles")
        for _ in range(100):
            self.press(Keys.TAB)
            focus = page.run(FOCUS)
            self.assertIsNotNone(focus, "the keys left the page before they reached the tile")
            self.assertTrue(focus["visible"], f"nobody sees where the focus is: {focus['what']}")
            if focus["department"] == "stp":
                break
        self.press(Keys.ENTER)
        page.wait(lambda page: page.run("return location.hash") == "#/department/stp", "its page")
        page.wait_text("Sở Tư pháp", HEADING)
        self.browser.back()
        page.wait(lambda page: page.has('[data-department="stp"]'), "the overview")

    def test_every_control_of_every_page_shows_that_it_has_the_focus(self):
        page = self.page
        page.open(self.daemon)
        for fragment in ("#/", "#/department/stttt", "#/indicator/internet_users_pct"):
            page.open(self.daemon, fragment)
            seen = []
            while len(seen) < 200:
                self.press(Keys.TAB)
                focus = page.run(FOCUS)
                if focus is None or (seen and focus == seen[0]):
                    break
                seen.append(focus)
            self.assertGreater(len(seen), 2, fragment)
            self.assertEqual([focus["what"] for focus in seen if not focus["visible"]], [], fragment)


if __name__ == "__main__":
    unittest.main()
