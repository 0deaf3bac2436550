#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "ioc/v1/ingest.pb.h"

namespace iocctl {

/// Events of a file of JSON lines, each with the number of its line.
struct EventLines {
  std::vector<ioc::v1::Event> events;
  std::vector<int> line_of;           // as many as events, from 1
  std::vector<std::string> mistakes;  // "FILE:LINE: …", all of them
};

/// Reads one event a line, in protobuf's JSON form; empty lines are left out.
EventLines ParseEventLines(const std::string& file, absl::string_view content);

}  // namespace iocctl
