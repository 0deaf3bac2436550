#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/str_replace.h"
#include "config/configuration.h"
#include "support/temporary_directory.h"

namespace iocd::config {

/// A directory of configuration files that goes with the test.
class ConfigFiles : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = directory_.File(name);
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  /// Loads `main`, with `catalogue` as cat.yaml beside it. The mistakes' texts, their paths without
  /// the directory; empty if there is none.
  std::vector<std::string> MistakesOf(const std::string& catalogue,
                                      const std::string& main = "catalogue: [cat.yaml]\n") {
    Write("cat.yaml", catalogue);
    const auto loaded = Load(Write("iocd.yaml", main));
    std::vector<std::string> texts;
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&loaded)) {
      for (const Mistake& mistake : *mistakes) {
        texts.push_back(absl::StrReplaceAll(mistake.ToText(), {{directory_.path() + "/", ""}}));
      }
    }
    return texts;
  }

  /// Loads what must be right.
  Configuration Good(const std::string& catalogue) {
    Write("cat.yaml", catalogue);
    auto loaded = Load(Write("iocd.yaml", "catalogue: [cat.yaml]\n"));
    if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&loaded)) {
      for (const Mistake& mistake : *mistakes) ADD_FAILURE() << mistake.ToText();
      return {Settings{}, domain::Catalogue({})};
    }
    return std::get<Configuration>(std::move(loaded));
  }

  const testing::TemporaryDirectory directory_;
};

}  // namespace iocd::config
