#pragma once

#include <string>
#include <vector>

#include "ledger/records.h"

namespace iocd::ledger {

// Records as lines that say everything of them, doubles to the last bit.

std::string Line(const PeriodRevision& revision);
std::string Line(const Report& report);
std::string Line(const LateCount& count);
std::string Line(const RecordedWaiver& waiver);
std::string Line(const Change& change);

template <typename Record>
std::vector<std::string> Lines(const std::vector<Record>& records) {
  std::vector<std::string> lines;
  for (const Record& record : records) lines.push_back(Line(record));
  return lines;
}

}  // namespace iocd::ledger
