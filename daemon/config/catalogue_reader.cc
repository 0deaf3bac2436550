#include "config/catalogue_reader.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

constexpr std::size_t kMaxCodeBytes = 64;

bool IsCode(absl::string_view text) {
  return !text.empty() && text.size() <= kMaxCodeBytes && absl::ascii_islower(text[0]) &&
         absl::c_all_of(text, [](char c) {
           return absl::ascii_islower(c) || absl::ascii_isdigit(c) || c == '_';
         });
}

template <typename Draft>
void ReadItems(const MapReader& map, absl::string_view key,
               std::optional<Draft> (*read)(const YamlFile&, const YAML::Node&),
               std::vector<Draft>& out) {
  const std::optional<YAML::Node> list = map.Node(key);
  if (!list) return;
  for (const YAML::Node& item : map.file().ReadList(*list, key)) {
    if (std::optional<Draft> draft = read(map.file(), item)) out.push_back(*std::move(draft));
  }
}

void ReadTerritory(const YamlFile& file, const YAML::Node& node, Drafts& drafts) {
  const MapReader map(file, node, "the territory", {"code", "name_vi", "name_en", "reports_from"});
  if (!map.IsMap()) return;
  if (drafts.territory) {
    file.Object(map.place(), absl::StrCat("the territory is given a second time; first at ",
                                          file.PlaceText(drafts.territory->place)));
    return;
  }
  TerritoryDraft& territory = drafts.territory.emplace();
  territory.place = map.place();
  if (const auto code = ReadCode(map)) territory.code = code->value;
  ReadRequired(map, "name_vi", &territory.name_vi);
  ReadRequired(map, "name_en", &territory.name_en);
  territory.reports_from = ReadDay(file, map.Optional("reports_from"));
}

std::optional<MemberDraft> ReadMember(const YamlFile& file, const YAML::Node& node) {
  const MapReader map(file, node, "a member", {"code", "name_vi", "name_en", "parent"});
  MemberDraft draft;
  const std::optional<Text> code = ReadCode(map);
  ReadRequired(map, "name_vi", &draft.value.name_vi);
  ReadRequired(map, "name_en", &draft.value.name_en);
  draft.parent = map.Optional("parent");
  if (!code) return std::nullopt;
  draft.value.code = code->value;
  draft.place = code->place;
  return draft;
}

}  // namespace

std::optional<Text> ReadCode(const MapReader& map) {
  std::optional<Text> code = map.Required("code");
  if (code && !IsCode(code->value)) {
    map.file().Object(code->place,
                      absl::StrCat("'", code->value,
                                   "' is no code: a small letter, then small letters, digits and "
                                   "'_', at most ",
                                   kMaxCodeBytes));
  }
  return code;
}

std::optional<domain::CivilDate> ReadDay(const YamlFile& file, const std::optional<Text>& text) {
  if (!text) return std::nullopt;
  const std::optional<domain::CivilDate> day = domain::ParseDate(text->value);
  if (!day) {
    file.Object(text->place,
                absl::StrCat("'", text->value, "' is no date; write a day as 2025-01-27"));
  }
  return day;
}

void ReadRequired(const MapReader& map, absl::string_view key, std::string* out) {
  if (std::optional<Text> text = map.Required(key)) *out = std::move(text->value);
}

std::optional<MemberSetDraft> ReadMemberSet(const YamlFile& file, const YAML::Node& node) {
  const MapReader map(file, node, "a member set", {"code", "members"});
  const std::optional<Text> code = ReadCode(map);
  const std::optional<YAML::Node> members = map.RequiredNode("members");
  if (!code) return std::nullopt;
  MemberSetDraft draft{code->value, code->place, {}};
  if (!members) return draft;
  ReadItems(map, "members", &ReadMember, draft.members);
  if (members->IsSequence() && members->size() == 0) {
    file.Object(*members, absl::StrCat("the member set '", code->value, "' has no member"));
  }
  return draft;
}

void ReadCatalogueFile(const YamlFile& file, Drafts& drafts) {
  const MapReader map(
      file, file.root(), "a catalogue file",
      {"territory", "calendar", "departments", "member_sets", "indicators", "targets", "waivers"});
  if (const auto territory = map.Node("territory")) ReadTerritory(file, *territory, drafts);
  if (const auto calendar = map.Node("calendar")) ReadCalendar(file, *calendar, drafts.calendar);
  ReadItems(map, "departments", &ReadDepartment, drafts.departments);
  ReadItems(map, "member_sets", &ReadMemberSet, drafts.member_sets);
  ReadItems(map, "indicators", &ReadIndicator, drafts.indicators);
  ReadItems(map, "targets", &ReadTarget, drafts.targets);
  ReadItems(map, "waivers", &ReadWaiver, drafts.waivers);
}

}  // namespace iocd::config
