#include <utility>

#include "absl/strings/str_cat.h"
#include "config/catalogue_reader.h"
#include "domain/quantity.h"

namespace iocd::config {
namespace {

using domain::Indicator;
using domain::Kind;
using domain::Reporters;

void ReadWords(const MapReader& map, Indicator& indicator) {
  const YamlFile& file = map.file();
  indicator.kind = ParseWord<Kind>(
      file, map.Required("kind"), "kind", &domain::ParseKind,
      {"flow", "ratio", "duration", "stock", "coverage", "score", "rank", "reported", "worst"},
      Kind::kReported);
  indicator.direction = ParseWord<domain::Direction>(
      file, map.Required("direction"), "direction", &domain::ParseDirection,
      {"higher", "lower", "none"}, domain::Direction::kNone);
  indicator.cadence = ParseWord<domain::Cadence>(
      file, map.Required("cadence"), "cadence", &domain::ParseCadence,
      {"realtime", "daily", "monthly", "quarterly", "yearly"}, domain::Cadence::kMonthly);
  indicator.calendar = ParseWord<domain::CalendarKind>(file, map.Optional("calendar"), "calendar",
                                                       &domain::ParseCalendar, {"civil", "admin"},
                                                       domain::CalendarKind::kCivil);
}

/// Which keys a due rule may have depends on the cadence, so it is read only if that is known.
void ReadDue(const MapReader& map, Indicator& indicator) {
  const std::optional<Text> cadence = map.Optional("cadence");
  if (!cadence || !domain::ParseCadence(cadence->value)) return;
  indicator.due = ReadDueRule(map, indicator.cadence);
}

/// owner | all | [kind, …]
void ReadReporters(const MapReader& map, IndicatorDraft& draft) {
  const std::optional<YAML::Node> node = map.Node("reporters");
  Indicator& indicator = draft.value;
  indicator.reporters = Reporters::kOwner;
  if (node && node->IsSequence()) {
    indicator.reporters = Reporters::kKinds;
    for (const YAML::Node& item : *node) {
      if (std::optional<Text> kind = map.file().ReadText(item, "reporters")) {
        indicator.reporter_kinds.push_back(kind->value);
        draft.reporter_kinds.push_back(*std::move(kind));
      }
    }
    if (node->size() == 0) map.file().Object(*node, "'reporters' is an empty list");
  } else if (const std::optional<Text> word = map.Optional("reporters")) {
    if (word->value == "all") {
      indicator.reporters = Reporters::kAll;
    } else if (word->value != "owner") {
      map.file().Object(word->place,
                        absl::StrCat("'", word->value,
                                     "' says not who reports; allowed: owner, all, or a list of "
                                     "kinds of department: [so, ban_nganh]"));
    }
  }
  if (indicator.reporters == Reporters::kOwner && !draft.owner) {
    map.file().Object(map.place(), absl::StrCat("indicator '", indicator.code,
                                                "' is reported by its owner, but has none: give "
                                                "'owner', or other 'reporters'"));
  }
}

/// What no value of this kind and unit can leave, unless the file says otherwise.
void SetDefaultBounds(Indicator& indicator) {
  const bool percent = indicator.unit == domain::kPercentUnit;
  switch (indicator.kind) {
    case Kind::kRatio:
    case Kind::kCoverage:
    case Kind::kScore:
    case Kind::kWorst:
      if (percent) {
        indicator.minimum = 0;
        indicator.maximum = 1;
      }
      break;
    case Kind::kFlow:
    case Kind::kStock:
      if (!percent && indicator.unit != "percentage_point") indicator.minimum = 0;
      break;
    case Kind::kDuration:
      indicator.minimum = 0;
      break;
    case Kind::kRank:
      indicator.minimum = 1;
      break;
    case Kind::kReported:
      break;
  }
}

void ReadBound(const MapReader& map, absl::string_view key, const std::string& unit,
               std::optional<double>* bound) {
  const std::optional<Text> text = map.Optional(key);
  if (!text) return;
  if (text->value == "none") {
    *bound = std::nullopt;
    return;
  }
  const absl::StatusOr<double> value = domain::ParseQuantity(text->value, unit);
  if (value.ok()) {
    *bound = *value;
  } else {
    map.file().Object(text->place, absl::StrCat("'", key, "': ", value.status().message()));
  }
}

void ReadBounds(const MapReader& map, Indicator& indicator) {
  SetDefaultBounds(indicator);
  ReadBound(map, "minimum", indicator.unit, &indicator.minimum);
  ReadBound(map, "maximum", indicator.unit, &indicator.maximum);
  if (indicator.minimum && indicator.maximum && *indicator.minimum > *indicator.maximum) {
    const Place place = map.file().PlaceOf(*map.Node(map.Node("minimum") ? "minimum" : "maximum"));
    map.file().Object(
        place,
        absl::StrCat("the minimum ", domain::QuantityToText(*indicator.minimum, indicator.unit),
                     " is above the maximum ",
                     domain::QuantityToText(*indicator.maximum, indicator.unit)));
  }
}

void ReadCountOnce(const MapReader& map, Indicator& indicator) {
  const std::optional<Text> by = map.Optional("count_once_by");
  if (!by) return;
  indicator.count_once_by_reference = true;
  if (by->value != "reference") {
    map.file().Object(by->place, absl::StrCat("'", by->value,
                                              "' is nothing by which events are counted once; "
                                              "allowed: reference"));
  } else if (!domain::IsWindowed(indicator.kind)) {
    map.file().Object(
        by->place, absl::StrCat("'count_once_by' stands for flow, ratio and duration "
                                "only; indicator '",
                                indicator.code, "' is of kind ", domain::KindName(indicator.kind),
                                ", which keeps the latest value"));
  }
}

void TakeText(const MapReader& map, absl::string_view key, std::string* out) {
  if (std::optional<Text> text = map.Optional(key)) *out = std::move(text->value);
}

}  // namespace

std::optional<IndicatorDraft> ReadIndicator(const YamlFile& file, const YAML::Node& node) {
  const std::size_t mistakes_before = file.MistakesSoFar();
  const MapReader map(file, node, "an indicator",
                      {"code", "name_vi", "name_en", "kind", "unit", "direction", "cadence",
                       "calendar", "due", "owner", "reporters", "members", "fed_by", "minimum",
                       "maximum", "count_once_by", "numerator_vi", "denominator_vi"});
  if (!map.IsMap()) return std::nullopt;
  IndicatorDraft draft;
  const std::optional<Text> code = ReadCode(map);
  if (code) draft.value.code = code->value;
  draft.place = code ? code->place : map.place();
  ReadRequired(map, "name_vi", &draft.value.name_vi);
  ReadRequired(map, "name_en", &draft.value.name_en);
  ReadRequired(map, "unit", &draft.value.unit);
  ReadWords(map, draft.value);
  ReadDue(map, draft.value);
  draft.owner = map.Optional("owner");
  draft.member_set = map.Optional("members");
  draft.fed_by = map.Optional("fed_by");
  ReadReporters(map, draft);
  ReadBounds(map, draft.value);
  ReadCountOnce(map, draft.value);
  TakeText(map, "numerator_vi", &draft.value.numerator_vi);
  TakeText(map, "denominator_vi", &draft.value.denominator_vi);
  draft.sound = file.MistakesSoFar() == mistakes_before;
  if (!code) return std::nullopt;
  return draft;
}

}  // namespace iocd::config
