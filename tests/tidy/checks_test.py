"""Each check finds the violation of a small tree, and nothing in its mended form."""

import pathlib
import tempfile
import unittest

import clock
import file_size
import folder_map
import includes
import registered_tests
import unfinished


class ChecksTest(unittest.TestCase):

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)

    def write(self, path, text):
        (self.root / path).parent.mkdir(parents=True, exist_ok=True)
        (self.root / path).write_text(text, encoding="utf-8")

    def assert_finds(self, findings, *beginnings):
        self.assertEqual(len(findings), len(beginnings), findings)
        for finding, beginning in zip(findings, beginnings):
            self.assertTrue(finding.startswith(beginning), finding)

    def test_includes_against_an_arrow_are_found(self):
        self.write("daemon/domain/a.h", '#include <vector>\n#include "engine/engine.h"\n')
        self.write("daemon/engine/b.cc", '#include "domain/a.h"\n#include "http/server.h"\n')
        self.write("clients/iocctl/c.cc", '#include "config/configuration.h"\n#include "wire/w.h"\n')
        self.assert_finds(includes.check(self.root), "clients/iocctl/c.cc:2:",
                          "daemon/domain/a.h:2:", "daemon/engine/b.cc:2:")

    def test_outer_libraries_left_of_the_engine_are_found(self):
        self.write("daemon/domain/a.cc", '#include <grpcpp/grpcpp.h>\n#include "absl/time/time.h"\n')
        self.write("daemon/engine/b.cc", '#include <spdlog/spdlog.h>\n#include <xxhash.h>\n')
        self.write("daemon/eventlog/c.cc", '#include "ioc/v1/ingest.pb.h"\n#include <unistd.h>\n')
        self.write("daemon/base/d.cc", "#include <unistd.h>\n#include <sys/file.h>\n")
        self.write("daemon/http/e.cc", "#include <boost/asio.hpp>\n#include <grpcpp/grpcpp.h>\n")
        self.assert_finds(includes.check(self.root), "daemon/domain/a.cc:1:", "daemon/engine/b.cc:1:",
                          "daemon/eventlog/c.cc:1:", "daemon/eventlog/c.cc:2:")

    def test_a_folder_without_a_layer_is_found(self):
        self.write("daemon/misc/a.h", "")
        self.assert_finds(includes.check(self.root), "daemon/misc/a.h: the folder misc")

    def test_the_root_may_include_every_layer(self):
        self.write("daemon/main.cc", '#include "http/server.h"\n#include "base/clock.h"\n')
        self.assertEqual(includes.check(self.root), [])

    def test_clock_calls_inside_are_found(self):
        self.write("daemon/domain/a.cc", "auto t = absl::Now();\n")
        self.write("daemon/engine/b.cc", "auto t = time(nullptr);\n// system_clock is named only\n")
        self.write("daemon/eventlog/c.cc", "std::chrono::steady_clock::now();\nruntime(0);\n")
        self.write("daemon/http/d.cc", "std::chrono::steady_clock::now();\n")
        self.assert_finds(clock.check(self.root), "daemon/domain/a.cc:1:", "daemon/engine/b.cc:1:",
                          "daemon/eventlog/c.cc:1:")

    def test_a_test_that_never_runs_is_found(self):
        self.write("tests/base/CMakeLists.txt", "iocd_test(a SOURCES a_test.cc)\n# b_test.cc\n")
        for name in ("a_test.cc", "b_test.cc", "helper.cc"):
            self.write(f"tests/base/{name}", "")
        self.write("tests/other/c_test.cc", "")
        self.write("tests/wall/d_test.mjs", "")
        self.assert_finds(registered_tests.check(self.root), "tests/base/b_test.cc:",
                          "tests/other/c_test.cc:", "tests/wall/d_test.mjs:")

    def test_the_name_of_another_test_does_not_register_one(self):
        self.write("tests/base/CMakeLists.txt", "iocd_test(a SOURCES other_a_test.cc)\n")
        self.write("tests/base/a_test.cc", "")
        self.assert_finds(registered_tests.check(self.root), "tests/base/a_test.cc:")

    def test_a_map_that_differs_from_the_tree_is_found(self):
        for path in ("daemon/base/a.h", "daemon/http/a.h", "docs/a.md", "build/x", ".git/x"):
            self.write(path, "")
        self.write("README.md", "| `daemon/` | The daemon |\n| `daemon/base/` | |\n"
                   "| `docs/` | Documents |\n| `gone/` | Something |\n")
        self.assert_finds(folder_map.check(self.root), "README.md: the map lists gone/",
                          "README.md: the map does not list daemon/http/",
                          "README.md: the map says nothing about daemon/base/")

    def test_a_long_file_is_found_unless_it_has_a_reason(self):
        self.write("daemon/base/long.cc", "\n" * 401)
        self.write("daemon/base/short.cc", "\n" * 400)
        self.assert_finds(file_size.check(self.root, {}), "daemon/base/long.cc:")
        self.assertEqual(file_size.check(self.root, {"daemon/base/long.cc": "a table"}), [])

    def test_a_reason_without_a_long_file_is_found(self):
        self.write("daemon/base/short.cc", "\n")
        self.assert_finds(file_size.check(self.root, {"daemon/base/short.cc": "once"}),
                          "daemon/base/short.cc:")

    def test_unfinished_work_is_found(self):
        self.write("daemon/base/a.cc", "// TO" "DO: more\n// mastodon\n")
        self.write("docs/b.md", "FIX" "ME\n")
        self.assert_finds(unfinished.check(self.root), "daemon/base/a.cc:1:", "docs/b.md:1:")


if __name__ == "__main__":
    unittest.main()
