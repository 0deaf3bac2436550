"""No serious hindrance for anyone, as axe-core finds them: on each page, in both languages and themes."""

import os
import pathlib
import re
import unittest

from browser import WallTest

import centre
import demonstration

AXE = pathlib.Path(os.environ.get(
    "IOC_AXE", centre.ROOT / "build/release/tests/browser/node_modules/axe-core/axe.min.js"))
# Each with what it shows once it has everything, in any language.
PAGES = {"#/": r"\d/38", "#/department/stttt": r"47[.,]82%",
         "#/indicator/internet_users_pct": r"47[.,]82%"}
BUSY = "[aria-busy=true]"
RUN = """
    const done = arguments[arguments.length - 1];
    axe.run(document, {resultTypes: ['violations']}).then(found => done(found.violations
        .filter(violation => ['serious', 'critical'].includes(violation.impact))
        .map(violation => violation.id + ': ' + violation.nodes
            .map(node => node.target.join(' ') + ' ' + node.failureSummary).join('; '))));"""


class AccessibilityTest(WallTest):

    def violations(self):
        if not self.page.run("return 'axe' in window"):
            self.page.run(AXE.read_text(encoding="utf-8"))
        return self.browser.execute_async_script(RUN)

    def test_no_page_has_a_serious_hindrance_in_any_language_or_theme(self):
        daemon = self.keep(demonstration.start(self.folder))
        for fragment, figure in PAGES.items():
            self.page.open(daemon, fragment)
            for button in ("#language", "#theme", "#language", "#theme"):
                self.page.click(button)
                self.page.wait(lambda page, figure=figure: not page.has(BUSY)
                               and re.search(figure, page.text("main")), figure)
                looks = [self.page.attribute("html", name) for name in ("lang", "data-theme")]
                with self.subTest(page=fragment, looks=looks):
                    self.assertEqual(self.violations(), [])

    def test_the_check_finds_what_it_is_for(self):
        self.page.open(self.start_daemon())
        self.page.run("document.body.append(document.createElement('button'))")
        self.assertTrue(any("button-name" in found for found in self.violations()))


if __name__ == "__main__":
    unittest.main()
