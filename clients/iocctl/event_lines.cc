#include "iocctl/event_lines.h"

#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "google/protobuf/util/json_util.h"

namespace iocctl {

EventLines ParseEventLines(const std::string& file, absl::string_view content) {
  EventLines result;
  int number = 0;
  for (absl::string_view line : absl::StrSplit(content, '\n')) {
    ++number;
    line = absl::StripAsciiWhitespace(line);
    if (line.empty()) continue;
    ioc::v1::Event event;
    const auto status = google::protobuf::util::JsonStringToMessage(
        google::protobuf::StringPiece(line.data(), line.size()), &event);
    if (!status.ok()) {
      result.mistakes.push_back(
          absl::StrCat(file, ":", number, ": is no event in JSON: ",
                       std::string(status.message().data(), status.message().size())));
      continue;
    }
    result.events.push_back(std::move(event));
    result.line_of.push_back(number);
  }
  return result;
}

}  // namespace iocctl
