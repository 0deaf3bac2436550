#include <utility>

#include "absl/strings/str_cat.h"
#include "config/catalogue_reader.h"

namespace iocd::config {
namespace {

using domain::CivilDate;
using domain::TargetOperator;
using domain::Trajectory;

std::optional<TargetOperator> ParseOperator(absl::string_view text) {
  if (text == ">=") return TargetOperator::kAtLeast;
  if (text == ">") return TargetOperator::kMoreThan;
  if (text == "<=") return TargetOperator::kAtMost;
  if (text == "<") return TargetOperator::kLessThan;
  return std::nullopt;
}

std::optional<Trajectory> ParseTrajectory(absl::string_view text) {
  if (text == "linear") return Trajectory::kLinear;
  if (text == "maintain") return Trajectory::kMaintain;
  return std::nullopt;
}

/// A day, or a year for its end; CivilDate{} and a mistake for anything else.
CivilDate ReadDate(const MapReader& map, absl::string_view key) {
  const std::optional<Text> text = map.Required(key);
  if (!text) return {};
  const std::optional<CivilDate> date = domain::ParseDateOrYearEnd(text->value);
  if (!date) {
    map.file().Object(text->place, absl::StrCat("'", text->value,
                                                "' is no date; write 2025-12-31, or 2025 for "
                                                "the end of that year"));
  }
  return date.value_or(CivilDate{});
}

void ReadDeadline(const MapReader& map, domain::Target& target) {
  const std::optional<Text> text = map.Required("deadline");
  if (!text) return;
  target.deadline_text = text->value;
  if (text->value == "none") return;
  target.terms.deadline = domain::ParseDateOrYearEnd(text->value);
  if (!target.terms.deadline) {
    map.file().Object(text->place,
                      absl::StrCat("'", text->value,
                                   "' is no deadline; write 2025 for the end of "
                                   "that year, a day as 2025-12-31 (the target must hold before it "
                                   "begins), or none"));
  }
}

/// {value, date}, or none.
void ReadBaseline(const MapReader& map, TargetDraft& draft) {
  const std::optional<YAML::Node> node = map.Node("baseline");
  if (!node || (node->IsScalar() && node->Scalar() == "none")) return;
  const MapReader baseline(map.file(), *node, "a baseline (or 'none')", {"value", "date"});
  if (!baseline.IsMap()) return;
  draft.baseline = baseline.Required("value");
  draft.value.terms.baseline_date = ReadDate(baseline, "date");
}

void ReadMilestones(const MapReader& map, TargetDraft& draft) {
  const std::optional<YAML::Node> list = map.Node("milestones");
  if (!list) return;
  for (const YAML::Node& item : map.file().ReadList(*list, "milestones")) {
    const MapReader milestone(map.file(), item, "a milestone", {"date", "value"});
    const CivilDate date = ReadDate(milestone, "date");
    if (std::optional<Text> value = milestone.Required("value")) {
      draft.milestones.push_back({date, *std::move(value)});
    }
  }
}

void ReadDocument(const MapReader& map, domain::Target& target) {
  ReadRequired(map, "document", &target.document);
  const std::optional<Text> date = map.Required("document_date");
  if (!date) return;
  if (const std::optional<CivilDate> day = domain::ParseDate(date->value)) {
    target.document_date = *day;
  } else {
    map.file().Object(date->place, absl::StrCat("'", date->value,
                                                "' is no date; write the day of the document as "
                                                "2024-05-04"));
  }
}

}  // namespace

std::optional<TargetDraft> ReadTarget(const YamlFile& file, const YAML::Node& node) {
  const std::size_t mistakes_before = file.MistakesSoFar();
  const MapReader map(
      file, node, "a target",
      {"indicator", "scope", "operator", "value", "stretch", "deadline", "baseline", "tolerance",
       "trajectory", "milestones", "document", "document_date", "note"});
  if (!map.IsMap()) return std::nullopt;
  TargetDraft draft;
  draft.place = map.place();
  domain::TargetTerms& terms = draft.value.terms;
  const std::optional<Text> indicator = map.Required("indicator");
  const std::optional<Text> op = map.Required("operator");
  const std::optional<Text> quantity = map.Required("value");
  terms.op = ParseWord<TargetOperator>(file, op, "operator", &ParseOperator,
                                       {"'>='", "'>'", "'<='", "'<'"}, TargetOperator::kAtLeast);
  terms.trajectory =
      ParseWord<Trajectory>(file, map.Optional("trajectory"), "trajectory", &ParseTrajectory,
                            {"linear", "maintain"}, Trajectory::kLinear);
  draft.scope = map.Optional("scope");
  if (draft.scope && draft.scope->value == "province") draft.scope = std::nullopt;
  draft.stretch = map.Optional("stretch");
  draft.tolerance = map.Optional("tolerance");
  ReadDeadline(map, draft.value);
  ReadBaseline(map, draft);
  ReadMilestones(map, draft);
  ReadDocument(map, draft.value);
  if (std::optional<Text> note = map.Optional("note")) draft.value.note = std::move(note->value);
  draft.sound = file.MistakesSoFar() == mistakes_before;
  if (!indicator || !op || !quantity) return std::nullopt;
  draft.indicator = *indicator;
  draft.op = *op;
  draft.quantity = *quantity;
  return draft;
}

}  // namespace iocd::config
