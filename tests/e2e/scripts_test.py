"""The scripts say what is wrong, and do nothing where nothing is to be done."""

import os
import subprocess
import tempfile
import unittest

import centre


class ScriptsTest(unittest.TestCase):

    def run_script(self, name, *arguments, **variables):
        with tempfile.TemporaryDirectory() as elsewhere:  # they work from any directory
            return subprocess.run([centre.ROOT / "scripts" / name, *arguments], cwd=elsewhere,
                                  env={**os.environ, **variables},
                                  capture_output=True, text=True, timeout=120, check=False)

    def test_installing_what_is_there_is_silent(self):
        done = self.run_script("install-packages", "build", "run", "test")
        self.assertEqual((done.returncode, done.stdout, done.stderr), (0, "", ""))

    def test_an_unknown_list_of_packages_is_named(self):
        done = self.run_script("install-packages", "biuld")
        self.assertEqual(done.returncode, 1)
        self.assertIn("'biuld'", done.stderr)
        self.assertIn("allowed: build, run, test", done.stderr)

    def test_lint_without_a_configured_build_says_so(self):
        done = self.run_script("lint", "/no/such/build")
        self.assertEqual(done.returncode, 1)
        self.assertIn("/no/such/build/compile_commands.json is missing", done.stderr)

    def test_help_is_shown_and_nothing_done(self):
        for name, word in (("run", "IOC_BIN_DIR"), ("lint", "BUILD_DIRECTORY")):
            with self.subTest(name):
                done = self.run_script(name, "--help")
                self.assertEqual((done.returncode, done.stderr), (0, ""))
                self.assertIn(word, done.stdout)
                self.assertNotIn("#", done.stdout)

    def test_run_refuses_arguments(self):
        done = self.run_script("run", "--port", "7480")
        self.assertEqual((done.returncode, done.stdout), (2, ""))
        self.assertIn("'--port 7480' is not known", done.stderr)

    def test_screenshots_name_a_size_that_is_none_and_a_build_that_is_missing(self):
        for variables, arguments, said in (
                ({}, ("--size", "1920"), "'1920' is not a size"),
                ({"IOC_BIN_DIR": "/no/such/build"}, (), "/no/such/build has no iocd, iocctl, iocsim; "
                                                        "run scripts/build first")):
            with self.subTest(said):
                done = self.run_script("screenshots", *arguments, **variables)
                self.assertEqual((done.returncode, done.stdout), (2, ""))
                self.assertIn(said, done.stderr)
                self.assertNotIn("Traceback", done.stderr)


if __name__ == "__main__":
    unittest.main()
