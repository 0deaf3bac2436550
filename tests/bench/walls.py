"""What walls cost the daemon, and how long a reader waits for one: the work of `scripts/bench walls`.

The first wall is a real browser. What it asks for when it opens is asked again for each of the others,
which are connections without a screen: they read their stream, and ask for the rest as often as a wall
does.
"""

import http.client
import json
import pathlib
import statistics
import sys
import threading
import time
import urllib.parse

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "browser"))
import browser  # noqa: E402

WATCH = "/api/v1/watch"
AGAIN = {"/api/v1/series": 300, "/api/v1/departments": 15}  # seconds, as centre.js and sparklines.js
HEADERS = {"Accept-Encoding": "gzip, deflate, br"}

# Marks the frame in which the page first showed a figure over a live connection.
MARK = """
    const look = () => {
        if (performance.getEntriesByName('live').length > 0) return;
        if (document.querySelector('#connection')?.dataset.state !== 'live') return;
        const shown = [...document.querySelectorAll('[data-figure]')];
        if (!shown.some(figure => /[0-9]/.test(figure.textContent))) return;
        requestAnimationFrame(() => requestAnimationFrame(() => performance.mark('live')));
        observer.disconnect();
    };
    const observer = new MutationObserver(look);
    observer.observe(document, {subtree: true, childList: true, attributes: true,
                                characterData: true});"""


class Walls:
    """Connections that do what a wall does; they end with the program."""

    def __init__(self, address, count, paths):
        self.address = address
        self.paths = paths  # what a wall asks for when it opens, its stream aside
        self.messages = 0
        self.watching = threading.Semaphore(0)
        for _ in range(count):
            threading.Thread(target=self._watch, daemon=True).start()
        for _ in range(count):
            self.watching.acquire()
        self.count = count

    def _watch(self):
        connection = http.client.HTTPConnection(self.address)
        connection.request("GET", WATCH, headers=HEADERS)
        answer = connection.getresponse()
        if answer.status != 200:
            raise SystemExit(answer.read())
        first = True
        for line in answer:
            if line.startswith(b"data:"):
                self.messages += 1
                if first:
                    self.watching.release()
                first = False

    def open(self):
        """Each asks for what the page needs."""
        for _ in range(self.count):
            self._ask(self.paths)

    def refresh(self, seconds):
        """Spreads over that time what falls due in it. Returns how many requests that were."""
        due = {path: [asked for asked in self.paths if asked.startswith(path)] for path in AGAIN}
        done = dict.fromkeys(AGAIN, 0)
        begin = time.monotonic()
        while (passed := time.monotonic() - begin) < seconds:
            for path, every in AGAIN.items():
                until = int(passed * self.count * len(due[path]) / every)
                self._ask([due[path][i % len(due[path])] for i in range(done[path], until)])
                done[path] = until
            time.sleep(0.2)
        return sum(done.values())

    def _ask(self, paths):
        connection = http.client.HTTPConnection(self.address)
        for path in paths:  # on one connection, as a browser does
            connection.request("GET", path, headers=HEADERS)
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise SystemExit(f"{path}: {answer.status}")
        connection.close()


def paths_of_an_opening_page(chromium, address):
    """What a wall asks of /api/v1 within its first seconds, its stream aside."""
    chromium.get_log("performance")
    chromium.get(f"http://{address}/")
    time.sleep(5)
    paths = []
    for entry in chromium.get_log("performance"):
        message = json.loads(entry["message"])["message"]
        if message["method"] == "Network.requestWillBeSent":
            url = urllib.parse.urlsplit(message["params"]["request"]["url"])
            if url.path.startswith("/api/") and url.path != WATCH:
                paths.append(f"{url.path}?{url.query}" if url.query else url.path)
    return paths


def time_opening(chromium, address):
    """Milliseconds from the start of the page to its first paint and to live figures."""
    chromium.get("about:blank")
    chromium.execute_cdp_cmd("Network.clearBrowserCache", {})
    chromium.get(f"http://{address}/")
    while not (times := chromium.execute_script("""
            const paint = performance.getEntriesByName('first-contentful-paint')[0];
            const live = performance.getEntriesByName('live')[0];
            return paint && live ? [paint.startTime, live.startTime] : null;""")):
        time.sleep(0.05)
    return times


def push(address, department, sequence):
    """One simulated dossier."""
    batch = {"department": department, "producer": "bench", "sequence": str(sequence),
             "simulated": True, "events": [
                 {"indicator": "dossiers_received", "value": 1,
                  "eventTime": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())}]}
    connection = http.client.HTTPConnection(address)
    connection.request("POST", "/api/v1/events", json.dumps(batch),
                       {"Content-Type": "application/json"})
    answer = json.loads(connection.getresponse().read())
    if answer.get("accepted") != 1:
        raise SystemExit(answer)
    connection.close()


def middle_and_worst(values):
    return f"median {statistics.median(values):,.0f}, worst {max(values):,.0f}"


def share(daemon, during):
    """Of one processor, in percent, that the daemon used while `during` ran."""
    begin, used = time.monotonic(), daemon.processor_seconds()
    during()
    return 100 * (daemon.processor_seconds() - used) / (time.monotonic() - begin)


def measure(daemon, department, options):
    """Of a daemon with `--demo` and a feed, in which nobody sends for that department."""
    chromium = browser.start_browser()
    try:
        chromium.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": MARK})
        paths = paths_of_an_opening_page(chromium, daemon.http)
        chromium.get("about:blank")
        print(f"a wall opens with {len(paths)} requests beside its stream")
        print(f"{'% of a core without':>20} {'with ' + str(options.walls) + ' walls':>14}"
              f" {'messages to each':>17} {'requests':>9}")
        without = share(daemon, lambda: time.sleep(options.seconds))
        walls = Walls(daemon.http, options.walls, paths)
        used = daemon.processor_seconds()
        walls.open()
        opening = daemon.processor_seconds() - used
        told, asked = walls.messages, []
        beside = share(daemon, lambda: asked.append(walls.refresh(options.seconds)))
        print(f"{without:20.2f} {beside:14.2f} {(walls.messages - told) / walls.count:17.1f}"
              f" {asked[0]:9}")
        print(f"to open one wall costs the daemon {1e3 * opening / walls.count:.1f} ms of a core")
        times = [time_opening(chromium, daemon.http) for _ in range(options.rounds)]
        print(f"ms to the first paint: {middle_and_worst([paint for paint, _ in times])}")
        print(f"ms from there to live figures: "
              f"{middle_and_worst([live - paint for paint, live in times])}")
        page = browser.Page(chromium)
        changes = [page.time_change(department, lambda: push(daemon.http, department, sequence + 1))
                   for sequence in range(options.rounds)]
        print(f"ms from a push's answer to its tile: {middle_and_worst(changes)}")
    finally:
        chromium.quit()
