"""What iocd says, and how it exits, when it cannot start."""

import os
import re
import socket
import subprocess
import unittest

import centre


class DaemonErrorsTest(centre.CentreTest):

    def run_daemon(self, *flags, **options):
        return subprocess.run([centre.BIN / "iocd", *map(str, flags)], cwd=centre.ROOT, text=True,
                              capture_output=True, timeout=60, check=False, **options)

    def flags(self, config=centre.ROOT / "config/iocd.yaml", data="data", grpc=None, http=None):
        return ("--config", config, "--data-dir", self.folder / data,
                "--grpc-listen", grpc or f"127.0.0.1:{centre.free_port()}",
                "--http-listen", http or f"127.0.0.1:{centre.free_port()}")

    def assert_ends(self, done, code, *words):
        self.assertEqual(done.returncode, code, done.stderr)
        for word in words:
            self.assertRegex(done.stderr, word)
        self.assertNotIn("terminate called", done.stderr)

    def test_an_unknown_flag_is_bad_usage(self):
        self.assert_ends(self.run_daemon("--no-such-flag"), 2, "--no-such-flag")

    def test_without_a_configuration_it_says_which_flag_is_missing(self):
        self.assert_ends(self.run_daemon(), 2, "--config")

    def test_a_missing_configuration_is_named(self):
        missing = self.folder / "none.yaml"
        self.assert_ends(self.run_daemon(*self.flags(config=missing)), 2, re.escape(str(missing)))

    def test_every_mistake_of_a_configuration_is_told_with_its_line(self):
        config = self.folder / "bad.yaml"
        config.write_text("grcp: {}\nhttp: {lisen: 1}\n")
        self.assert_ends(self.run_daemon(*self.flags(config=config)), 2, r"bad\.yaml:1:.*grcp",
                         r"bad\.yaml:2:.*lisen")

    def test_a_port_in_use_is_named(self):
        for door in ("grpc", "http"):
            with self.subTest(door), socket.socket() as taken:
                taken.bind(("127.0.0.1", 0))
                taken.listen()
                address = f"127.0.0.1:{taken.getsockname()[1]}"
                self.assert_ends(self.run_daemon(*self.flags(**{door: address})), 1, address)

    def test_a_second_daemon_on_one_data_directory_is_refused(self):
        self.start_daemon()
        self.assert_ends(self.run_daemon(*self.flags()), 1, re.escape(str(self.folder / "data")))

    def test_a_data_directory_that_cannot_be_written_is_named(self):
        # A file in the path stops root too, whom no permission stops.
        (self.folder / "file").write_text("")
        self.assert_ends(self.run_daemon(*self.flags(data="file/data")), 1, "file/data")

    @unittest.skipIf(os.geteuid() == 0, "no permission stops root")
    def test_a_data_directory_without_permission_is_named(self):
        (self.folder / "closed").mkdir(mode=0o500)
        self.assert_ends(self.run_daemon(*self.flags(data="closed/data")), 1, "closed")

    def test_listening_beyond_loopback_needs_a_word_of_consent(self):
        for door in ("grpc", "http"):
            with self.subTest(door):
                done = self.run_daemon(*self.flags(**{door: f"0.0.0.0:{centre.free_port()}"}))
                self.assert_ends(done, 2, "--insecure-listen")

    def test_it_stops_with_zero_when_asked(self):
        daemon = self.start_daemon()
        self.assertEqual(daemon.stop(), 0)


if __name__ == "__main__":
    unittest.main()
