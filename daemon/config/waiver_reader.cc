#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "config/catalogue_reader.h"

namespace iocd::config {
namespace {

constexpr std::int64_t kMostDaysWaived = 366;  // more is a slip in a date, or wants a new decision

/// Text that must say something: departments are held to account on what waivers leave out.
void ReadAnswer(const MapReader& map, absl::string_view key, absl::string_view ask,
                std::string* out) {
  if (!map.IsMap()) return;
  if (!map.Node(key)) {
    map.file().Object(map.place(), absl::StrCat("a waiver needs '", key, "': ", ask));
    return;
  }
  const std::optional<Text> text = map.Optional(key);
  if (!text) return;
  *out = std::string(absl::StripAsciiWhitespace(text->value));
  if (out->empty()) map.file().Object(text->place, absl::StrCat("'", key, "' is blank: ", ask));
}

}  // namespace

std::optional<WaiverDraft> ReadWaiver(const YamlFile& file, const YAML::Node& node) {
  const MapReader map(file, node, "a waiver",
                      {"department", "indicator", "from", "to", "reason", "author", "date"});
  WaiverDraft draft;
  const std::optional<Text> department = map.Required("department");
  draft.indicator = map.Optional("indicator");
  const std::optional<Text> to = map.Required("to");
  const auto first = ReadDay(file, map.Required("from"));
  const auto last = ReadDay(file, to);
  const auto date = ReadDay(file, map.Required("date"));
  ReadAnswer(map, "reason", "say why these reports need not be given", &draft.value.reason);
  ReadAnswer(map, "author", "say who decided it", &draft.value.author);
  if (first && last && *last < *first) {
    file.Object(to->place, absl::StrCat("the waiver ends on ", last->ToText(),
                                        ", before it begins on ", first->ToText(),
                                        ": from and to are the first and last day on which the "
                                        "reports are due, and may be the same"));
  }
  if (first && last && last->days - first->days >= kMostDaysWaived) {
    file.Object(to->place, absl::StrCat("the waiver is for ", last->days - first->days + 1,
                                        " days; at most ", kMostDaysWaived,
                                        ": for longer give another one, with its own decision"));
  }
  if (!department || !first || !last || !date) return std::nullopt;
  draft.department = *department;
  draft.value.first = *first;
  draft.value.last = *last;
  draft.value.date = *date;
  return draft;
}

}  // namespace iocd::config
