"""No serious hindrance for anyone, as axe-core finds them: on each page, in both languages and themes."""

import os
import pathlib
import unittest

from browser import HEADING, WallTest

import centre

AXE = pathlib.Path(os.environ.get(
    "IOC_AXE", centre.ROOT / "build/release/tests/browser/node_modules/axe-core/axe.min.js"))
PAGES = ("#/", "#/department/stttt", "#/indicator/internet_users_pct")
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

    def start_with_figures(self):
        daemon = self.start_daemon()
        done = daemon.iocctl("import", "config/son_la_2024/figures.tsv")
        self.assertEqual(done.returncode, 0, done.stderr)
        return daemon

    def test_no_page_has_a_serious_hindrance_in_any_language_or_theme(self):
        daemon = self.start_with_figures()
        for fragment in PAGES:
            self.page.open(daemon, fragment)
            self.page.wait(lambda page: page.has(HEADING), fragment)
            for button in ("#language", "#theme", "#language", "#theme"):
                self.page.click(button)
                looks = [self.page.attribute("html", name) for name in ("lang", "data-theme")]
                with self.subTest(page=fragment, looks=looks):
                    self.assertEqual(self.violations(), [])

    def test_the_check_finds_what_it_is_for(self):
        self.page.open(self.start_with_figures())
        self.page.run("document.body.append(document.createElement('button'))")
        self.assertTrue(any("button-name" in found for found in self.violations()))


if __name__ == "__main__":
    unittest.main()
