#pragma once

#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "absl/strings/str_split.h"

namespace iocd::domain {

/// One row of a tab-separated file by the names in its first line.
using TsvRow = std::map<std::string, std::string>;

/// The rows of tests/data/`name`; none if the file cannot be read.
inline std::vector<TsvRow> ReadTestData(const std::string& name) {
  std::ifstream file("tests/data/" + name);
  std::string line;
  std::vector<std::string> header;
  std::vector<TsvRow> rows;
  while (std::getline(file, line)) {
    const std::vector<std::string> cells = absl::StrSplit(line, '\t');
    if (header.empty()) {
      header = cells;
      continue;
    }
    TsvRow& row = rows.emplace_back();
    for (std::size_t i = 0; i < header.size() && i < cells.size(); ++i) row[header[i]] = cells[i];
  }
  return rows;
}

}  // namespace iocd::domain
