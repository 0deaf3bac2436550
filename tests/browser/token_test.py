"""Where readers must say who they are, the wall asks for a token and goes live with a good one."""

import json
import subprocess
import unittest

from browser import BrowserCase

import centre
import secure_centre

FIELD = "form input"
WORDS = "#notice [role=status]"


class TokenTest(BrowserCase, secure_centre.SecureCentreTest):
    settings = "access: access.yaml\n"
    errors_allowed = ("401", "403")  # what the browser says of an answer that refuses

    def new_token(self, role):
        """Its text, and its entry in access.yaml."""
        made = json.loads(subprocess.run([centre.BIN / "iocctl", "token", "new", "--json"],
                                         check=True, capture_output=True, text=True).stdout)
        return made["token"], (f"  - {{name: {role}, roles: [{role}], tokens: "
                               f"[{{id: {made['id']}, hash: \"{made['hash']}\"}}]}}\n")

    def show(self, token):
        """Types it as a person would."""
        field = self.browser.find_element("css selector", FIELD)
        field.clear()
        field.send_keys(token + "\n")

    def test_a_wall_without_a_token_asks_for_one_and_refuses_a_wrong_one(self):
        token, entry = self.new_token("reader")
        (self.folder / "access.yaml").write_text("identities:\n" + entry)
        daemon = self.start()
        self.page.open(daemon, state="refused", scheme="https")
        self.page.wait(lambda page: page.has(FIELD), "the form")
        self.assertEqual(self.page.attribute(FIELD, "type"), "password")
        asked = self.page.text(WORDS)
        self.show("ioc_wrong")
        self.page.wait(lambda page: page.text(WORDS) not in ("", asked), "the words on a wrong token")
        self.assertEqual(self.page.attribute("#connection", "data-state"), "refused")
        self.assertTrue(self.page.has(FIELD))
        self.show(token)
        self.page.wait_connection("live")
        self.page.wait(lambda page: page.has('[data-department="stttt"]'), "the tiles")
        self.assertFalse(self.page.has(FIELD))
        self.assertNotIn(token, self.page.run("return location.href"))


if __name__ == "__main__":
    unittest.main()
