"""The daemon's own pages in a real browser: Debian's Chromium, without a screen, over WebDriver.

One browser serves all tests of a class; each test has a daemon of its own, whose address is an origin
of its own, so that no test finds what another one stored.
"""

import json
import os
import pathlib
import sys
import time

from selenium import webdriver
from selenium.webdriver.chrome.service import Service

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "e2e"))  # for who imports this too
import centre  # noqa: E402

CHROMIUM = os.environ.get("IOC_CHROMIUM", "/usr/bin/chromium")
CHROMEDRIVER = os.environ.get("IOC_CHROMEDRIVER", "/usr/bin/chromedriver")
WALL = (1920, 1080)  # pixels of the operations centre's screen
HEADING = "main :is(h1, h2)"  # what a page is about
FLAGS = ("--headless=new", "--disable-gpu", "--disable-dev-shm-usage", "--hide-scrollbars",
         "--no-first-run", "--disable-background-networking", "--disable-component-update",
         "--disable-extensions")


# Says when the figure of a department's tile changes next, in milliseconds since 1970.
OBSERVE_FIGURE = """
    const tile = document.querySelector(`[data-department="${arguments[0]}"]`);
    const before = tile.querySelector('[data-figure]').textContent;
    window.figureChanged = null;
    new MutationObserver((_, observer) => {
        if (tile.querySelector('[data-figure]').textContent === before) return;
        window.figureChanged = performance.timeOrigin + performance.now();
        observer.disconnect();
    }).observe(tile, {subtree: true, childList: true, characterData: true});"""


def start_browser(size=WALL):
    """Far from Viet Nam, so that a page which shows the reader's own time would be seen."""
    options = webdriver.ChromeOptions()
    options.binary_location = CHROMIUM
    for flag in FLAGS + (("--no-sandbox",) if os.geteuid() == 0 else ()):
        options.add_argument(flag)
    options.set_capability("acceptInsecureCerts", True)  # each secure daemon has its own authority
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    service = Service(CHROMEDRIVER, env={**os.environ, "TZ": "America/New_York"})
    browser = webdriver.Chrome(service=service, options=options)
    browser.set_script_timeout(60)
    width, height = size
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
        "width": width, "height": height, "deviceScaleFactor": 1, "mobile": False})
    return browser


class Page:
    """What stands on the wall, read in one call each: between two calls the page may have changed."""

    def __init__(self, browser):
        self.browser = browser
        self.origin = None  # of the daemon whose page was opened last

    def open(self, daemon, fragment="#/", state="live", scheme="http"):
        """Loads it anew; returns once the connection is in that state."""
        self.origin = f"{scheme}://{daemon.http}"
        self.browser.get("about:blank")  # another fragment alone would not load anything
        self.browser.get(f"{self.origin}/{fragment}")
        self.wait_connection(state)

    def run(self, script, *arguments):
        return self.browser.execute_script(script, *arguments)

    def has(self, selector):
        """Is there, and is shown."""
        return self.run("""
            const found = document.querySelector(arguments[0]);
            return found !== null && found.checkVisibility({visibilityProperty: true});""", selector)

    def text(self, selector="body"):
        """As a reader sees it; empty without such an element."""
        return self.run(
            "return document.querySelector(arguments[0])?.innerText ?? ''", selector).strip()

    def attribute(self, selector, name):
        """None without such an element or attribute."""
        return self.run(
            "return document.querySelector(arguments[0])?.getAttribute(arguments[1]) ?? null",
            selector, name)

    def click(self, selector):
        self.run("document.querySelector(arguments[0]).click()", selector)

    def tile(self, department, name):
        """An attribute of the department's tile."""
        return self.attribute(f'[data-department="{department}"]', name)

    def figure(self, department):
        return self.text(f'[data-department="{department}"] [data-figure]')

    def time_change(self, department, push):
        """Milliseconds from the return of push(), which changes the figure of that department's tile,
        until the tile has changed; below 0 where it was faster than the answer."""
        self.run(OBSERVE_FIGURE, department)
        push()
        answered = 1e3 * time.time()
        return self.wait(lambda page: page.run("return window.figureChanged"),
                         f"the tile of {department}") - answered

    def count(self, status):
        return self.text(f'[data-count="{status}"]')

    def targets(self):
        """(indicator, status) of the rows, from the top."""
        return [tuple(row) for row in self.run("""
            return [...document.querySelectorAll('[data-indicator][data-target]')]
                .map(row => [row.dataset.indicator, row.dataset.status]);""")]

    def wait(self, condition, what):
        return centre.wait_until(lambda: condition(self), what, patience=60)

    def wait_text(self, text, selector="body"):
        self.wait(lambda page: text in page.text(selector), f"'{text}' in {selector}")

    def wait_connection(self, state):
        self.wait(lambda page: page.attribute("#connection", "data-state") == state,
                  f"the connection to be {state}")


class BrowserCase:
    """Beside centre.CentreTest or a class from it. Whatever a test does, when it is over the browser
    has asked nobody but the daemon, and nothing went wrong in its console."""

    errors_allowed = ()  # parts of what the browser itself says where a test makes the daemon refuse

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.browser = start_browser()
        cls.addClassCleanup(cls.browser.quit)
        cls.page = Page(cls.browser)

    def tearDown(self):
        self.browser.get("about:blank")  # before the daemon stops, which would be an error to a page
        asked, errors = self.requested_origins(), self.console_errors()
        self.assertLessEqual(asked, {self.page.origin})
        self.assertEqual(errors, [])
        super().tearDown()

    def requested_origins(self):
        """Whom the browser asked anything since the last call."""
        origins = set()
        for entry in self.browser.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.requestWillBeSent":
                scheme, _, rest = message["params"]["request"]["url"].partition(":")
                if scheme not in ("data", "about"):
                    origins.add(f"{scheme}://{rest.lstrip('/').split('/')[0]}")
        return origins

    def console_errors(self):
        return [entry["message"] for entry in self.browser.get_log("browser")
                if entry["level"] == "SEVERE"
                and not any(allowed in entry["message"] for allowed in self.errors_allowed)]


class WallTest(BrowserCase, centre.CentreTest):
    """With a daemon on a catalogue of catalogues.py or of config/."""

    def write_config(self, catalogue):
        """The configuration of a daemon on that text as its catalogue."""
        (self.folder / "catalogue.yaml").write_text(catalogue, encoding="utf-8")
        config = self.folder / "iocd.yaml"
        config.write_text("catalogue: [catalogue.yaml]\n")
        return config

    def start_with(self, catalogue, *flags):
        return self.start_daemon(*flags, config=self.write_config(catalogue))
