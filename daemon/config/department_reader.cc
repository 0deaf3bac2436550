#include "absl/strings/str_cat.h"
#include "config/catalogue_reader.h"

namespace iocd::config {
namespace {

/// When the department is there, and as what it goes on.
void ReadValidity(const MapReader& map, DepartmentDraft& draft) {
  domain::Department& department = draft.value;
  department.valid_from = ReadDay(map.file(), map.Optional("valid_from"));
  const std::optional<Text> end = map.Optional("valid_to");
  department.valid_to = ReadDay(map.file(), end);
  draft.successor = map.Optional("successor");
  if (draft.successor && !map.Node("valid_to")) {
    map.file().Object(draft.successor->place,
                      absl::StrCat("'successor' needs 'valid_to', the day from which '",
                                   draft.successor->value, "' goes on with what this one had"));
  }
  if (department.valid_from && department.valid_to &&
      *department.valid_to <= *department.valid_from) {
    map.file().Object(end->place, absl::StrCat("valid_to ", end->value, " is not after valid_from ",
                                               department.valid_from->ToText(),
                                               ": it is the day from which the department is no "
                                               "more"));
  }
}

}  // namespace

std::optional<DepartmentDraft> ReadDepartment(const YamlFile& file, const YAML::Node& node) {
  const MapReader map(file, node, "a department",
                      {"code", "name_vi", "name_en", "kind", "counts", "valid_from", "valid_to",
                       "successor", "parent", "source"});
  DepartmentDraft draft;
  const std::optional<Text> code = ReadCode(map);
  ReadRequired(map, "name_vi", &draft.value.name_vi);
  ReadRequired(map, "name_en", &draft.value.name_en);
  ReadRequired(map, "kind", &draft.value.kind);
  if (const std::optional<Text> counts = map.Optional("counts")) {
    if (counts->value != "true" && counts->value != "false") {
      file.Object(counts->place, absl::StrCat("'", counts->value, "': counts is true or false"));
    }
    draft.value.counts = counts->value != "false";
  }
  ReadValidity(map, draft);
  draft.parent = map.Optional("parent");
  if (!code) return std::nullopt;
  if (code->value == "province") {
    file.Object(code->place,
                "a department cannot have the code 'province': it names the province "
                "as the scope of a target");
  }
  draft.value.code = code->value;
  draft.place = code->place;
  return draft;
}

}  // namespace iocd::config
