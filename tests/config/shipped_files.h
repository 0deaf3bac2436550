#pragma once

#include <gtest/gtest.h>

#include <fstream>
#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_split.h"
#include "config/configuration.h"

namespace iocd::config {

/// Loads a configuration that stands in the repository: "config/iocd.yaml".
inline domain::Catalogue Shipped(const std::string& path) {
  auto loaded = Load(path);
  if (const auto* mistakes = std::get_if<std::vector<Mistake>>(&loaded)) {
    for (const Mistake& mistake : *mistakes) ADD_FAILURE() << mistake.ToText();
    return domain::Catalogue({});
  }
  return std::get<Configuration>(std::move(loaded)).catalogue;
}

/// The rows of config/son_la_2024/figures.tsv by column name.
inline std::vector<std::map<std::string, std::string>> ShippedFigures() {
  std::ifstream file("config/son_la_2024/figures.tsv");
  std::vector<std::map<std::string, std::string>> rows;
  std::vector<std::string> header;
  for (std::string line; std::getline(file, line);) {
    if (absl::StartsWith(line, "#")) continue;
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (header.empty()) {
      header = cells;
      continue;
    }
    EXPECT_EQ(cells.size(), header.size()) << line;
    auto& row = rows.emplace_back();
    for (std::size_t i = 0; i < header.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

}  // namespace iocd::config
