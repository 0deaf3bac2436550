"""What comes from outside does nothing to the reader: names stay text, and nobody else is asked."""

import http.client
import unittest

from browser import HEADING, WallTest

import catalogues

PAGES = ("#/", "#/department/stp", "#/department/stttt", "#/indicator/internet_users_pct",
         "#/indicator/dossiers_received?scope=stp")

# What would be in the page if a name of catalogues.hostile() had been read as HTML.
INJECTED = """
    return [...document.querySelectorAll('script:not([src]), img[src="x"], [onerror]')]
        .map(found => found.outerHTML);"""


class StrangersTest(WallTest):

    def get(self, daemon, path):
        connection = http.client.HTTPConnection(daemon.http, timeout=30)
        self.addCleanup(connection.close)
        connection.request("GET", path)
        answer = connection.getresponse()
        answer.read()
        return answer

    def test_every_page_asks_the_daemon_alone_and_leaves_a_clean_console(self):
        daemon = self.start_daemon()
        for fragment in PAGES:
            self.page.open(daemon, fragment)
            self.page.wait(lambda page: page.has(HEADING), fragment)
        self.assertEqual(self.requested_origins(), {self.page.origin})
        self.assertEqual(self.console_errors(), [])

    def test_names_that_are_html_stay_text(self):
        daemon = self.start_with(catalogues.hostile())
        catalogues.push(daemon, "stttt", "internet_users_pct", catalogues.LAGGING)
        shown = {"#/": ("main", catalogues.SCRIPT, catalogues.IMAGE),
                 "#/department/stp": (HEADING, catalogues.SCRIPT),
                 "#/department/stttt": ("main", catalogues.IMAGE),
                 "#/indicator/internet_users_pct": (HEADING, catalogues.IMAGE)}
        for fragment, (where, *names) in shown.items():
            self.page.open(daemon, fragment)
            for _ in range(2):  # languages
                for name in names:
                    self.page.wait_text(name, where)
                self.assertEqual(self.page.run(INJECTED), [], fragment)
                self.page.click("#language")
        # An alert would have made the next command fail.
        self.assertTrue(self.page.has("body"))

    def test_every_file_of_the_wall_forbids_other_sources(self):
        daemon = self.start_daemon()
        self.page.open(daemon)
        files = self.page.run("""
            return performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)
                .filter(path => path.startsWith('/wall/'));""")
        self.assertTrue(any(path.endswith(".js") for path in files), files)
        self.assertTrue(any(path.endswith(".css") for path in files), files)
        for path in ["/", *files]:
            answer = self.get(daemon, path)
            policy = answer.getheader("Content-Security-Policy") or ""
            self.assertEqual(answer.status, 200, path)
            for rule in ("default-src 'none'", "script-src 'self'", "style-src 'self'",
                         "connect-src 'self'", "base-uri 'none'", "form-action 'none'"):
                self.assertIn(rule, policy, path)
            self.assertNotIn("unsafe", policy, path)
            self.assertEqual(answer.getheader("X-Content-Type-Options"), "nosniff", path)

    def test_the_policy_stops_a_script_that_got_in(self):
        """What the header says, the browser does."""
        self.errors_allowed = ("Content Security Policy",)
        self.page.open(self.start_daemon())
        self.page.run("""
            const script = document.createElement('script');
            script.textContent = 'window.gotIn = true';
            document.body.append(script);""")
        self.assertIsNone(self.page.run("return window.gotIn ?? null"))


if __name__ == "__main__":
    unittest.main()
