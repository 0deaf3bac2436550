#include <optional>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "config/catalogue_reader.h"
#include "domain/time_of_day.h"

namespace iocd::config {
namespace {

using domain::Cadence;
using domain::DueDay;
using domain::DueRule;

/// A whole number of something.
struct Whole {
  absl::string_view key;
  int least, most;
};

constexpr Whole kWorkingDays = {"working_days", 1, 60};
constexpr Whole kGraceDays = {"grace_days", 0, 60};
constexpr Whole kLateDays = {"late_days", 0, 250};  // about a year
constexpr Whole kMaxSilence = {"max_silence_minutes", 1, 10'000};

std::optional<int> ReadWhole(const MapReader& map, const Whole& whole) {
  const std::optional<Text> text = map.Optional(whole.key);
  if (!text) return std::nullopt;
  int number = 0;
  if (absl::SimpleAtoi(text->value, &number) && number >= whole.least && number <= whole.most) {
    return number;
  }
  map.file().Object(text->place,
                    absl::StrCat("'", whole.key, "' is '", text->value, "'; a whole number from ",
                                 whole.least, " to ", whole.most, " is allowed"));
  return std::nullopt;
}

std::vector<absl::string_view> KeysOf(Cadence cadence) {
  switch (cadence) {
    case Cadence::kRealtime:
      return {kMaxSilence.key, kLateDays.key};
    case Cadence::kDaily:
      return {"by", kGraceDays.key, kLateDays.key};
    case Cadence::kMonthly:
    case Cadence::kQuarterly:
    case Cadence::kYearly:
      break;
  }
  return {"day", kWorkingDays.key, "by", kGraceDays.key, kLateDays.key};
}

/// `day` or `working_days`
void ReadDueDay(const MapReader& map, DueDay* day) {
  const std::optional<Text> text = map.Optional("day");
  if (const auto number = ReadWhole(map, kWorkingDays)) {
    *day = {DueDay::Sort::kWorkingDays, *number};
    if (text) map.file().Object(text->place, "'due' has both a day and working_days; give one");
  }
  if (!text) return;
  const absl::StatusOr<DueDay> parsed = domain::ParseDueDay(text->value);
  if (parsed.ok()) {
    *day = *parsed;
  } else {
    map.file().Object(text->place, std::string(parsed.status().message()));
  }
}

void ReadBy(const MapReader& map, Duration* by) {
  const std::optional<Text> text = map.Optional("by");
  if (!text) return;
  if (const std::optional<Duration> time = domain::ParseTimeOfDay(text->value)) {
    *by = *time;
  } else {
    map.file().Object(text->place, absl::StrCat("'", text->value,
                                                "' is no time of day; write 17:00, from 00:00 to "
                                                "24:00"));
  }
}

}  // namespace

DueRule ReadDueRule(const MapReader& indicator, Cadence cadence) {
  DueRule rule = domain::DefaultDueRule(cadence);
  const std::optional<YAML::Node> node = indicator.Node("due");
  if (!node) return rule;
  const MapReader map(indicator.file(), *node,
                      absl::StrCat("'due' of the cadence ", domain::CadenceName(cadence)),
                      KeysOf(cadence));
  if (const auto minutes = ReadWhole(map, kMaxSilence)) {
    rule.max_silence = Duration::Seconds(*minutes * 60);
  }
  ReadDueDay(map, &rule.day);
  ReadBy(map, &rule.by);
  if (const auto days = ReadWhole(map, kGraceDays)) rule.grace_days = *days;
  if (const auto days = ReadWhole(map, kLateDays)) rule.late_days = *days;
  return rule;
}

}  // namespace iocd::config
