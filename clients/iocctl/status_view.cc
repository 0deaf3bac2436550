#include "iocctl/status_view.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/timestamp.h"
#include "iocctl/json_text.h"
#include "iocctl/status_words.h"
#include "iocctl/table.h"
#include "iocctl/target_texts.h"

namespace iocctl {
namespace {

using ioc::v1::Department;
using ioc::v1::TargetRow;

std::int64_t Nanos(const google::protobuf::Timestamp& time) {
  return time.seconds() * 1'000'000'000 + time.nanos();
}

std::size_t Rank(const std::string& status) {
  const auto* found = std::find_if(std::begin(kStatusWords), std::end(kStatusWords),
                                   [&](const StatusWord& word) { return word.status == status; });
  return static_cast<std::size_t>(found - std::begin(kStatusWords));
}

std::string DepartmentsText(const StatusData& data, const Headings& words, bool colored) {
  std::vector<const Department*> departments;
  for (const Department& department : data.departments.departments()) {
    departments.push_back(&department);
  }
  // Those that never sent have time 0 and come first.
  std::stable_sort(departments.begin(), departments.end(), [](const auto* a, const auto* b) {
    return Nanos(a->last_seen()) < Nanos(b->last_seen());
  });
  const std::int64_t now = Nanos(data.scorecard.time());
  Table table({{words.code}, {words.name}, {words.last_seen}, {words.age, true}});
  for (const Department* department : departments) {
    const bool seen = department->has_last_seen();
    const std::int64_t last = Nanos(department->last_seen());
    table.AddRow({{department->code()},
                  {department->name_vi()},
                  seen ? Cell{iocd::ToLocalText({last})} : Cell{words.never, "33"},
                  {seen ? AgeText(absl::Nanoseconds(now - last)) : "-"}});
  }
  return absl::StrCat(words.departments, "\n", table.ToText(colored));
}

/// The worst first; among equals the one that is furthest behind what it should be.
bool IsWorse(const TargetRow& a, const TargetRow& b) {
  const std::size_t rank_a = Rank(a.status()), rank_b = Rank(b.status());
  if (rank_a != rank_b) return rank_a < rank_b;
  const auto share = [](const TargetRow& row) {
    return row.target_value() == 0 ? row.shortfall() : row.shortfall() / row.target_value();
  };
  return share(a) > share(b);
}

std::string TargetsText(const StatusData& data, const Headings& words, bool vietnamese,
                        bool colored) {
  std::map<std::string, const ioc::v1::Indicator*> indicators;
  for (const auto& indicator : data.indicators.indicators()) {
    indicators[indicator.code()] = &indicator;
  }
  std::vector<TargetRow> rows(data.scorecard.targets().begin(), data.scorecard.targets().end());
  std::stable_sort(rows.begin(), rows.end(), IsWorse);
  Table table({{words.status},
               {words.scope},
               {words.indicator},
               {words.actual, true},
               {words.expected, true},
               {words.target, true},
               {words.deadline},
               {words.owner}});
  for (const TargetRow& row : rows) {
    const auto* indicator = indicators[row.indicator()];
    const std::string unit = indicator == nullptr ? "" : indicator->unit();
    const auto quantity = [&](bool has, double value) {
      return Cell{has ? ShownQuantity(value, unit) : "-"};
    };
    const bool name_it = vietnamese && indicator != nullptr;
    table.AddRow({TargetStatusCell(row.status(), vietnamese),
                  {row.scope()},
                  {name_it ? indicator->name_vi() : row.indicator()},
                  quantity(row.has_actual(), row.actual()),
                  quantity(row.has_expected(), row.expected()),
                  {TargetText(row, unit)},
                  {row.target()},
                  {row.owner()}});
  }
  return absl::StrCat(words.targets, "\n", table.ToText(colored));
}

}  // namespace

std::string AgeText(absl::Duration age) {
  const std::int64_t seconds = std::max<std::int64_t>(0, absl::ToInt64Seconds(age));
  const std::int64_t minutes = seconds / 60, hours = minutes / 60, days = hours / 24;
  if (minutes == 0) return absl::StrCat(seconds, "s");
  if (hours == 0) return absl::StrCat(minutes, "m");
  if (days == 0) return absl::StrCat(hours, "h ", minutes % 60, "m");
  return absl::StrCat(days, "d ", hours % 24, "h");
}

std::string StatusText(const StatusData& data, const std::string& language, bool colored) {
  const bool vietnamese = language == "vi";
  const Headings& words = vietnamese ? kVietnamese : kEnglish;
  return absl::StrCat(DepartmentsText(data, words, colored), "\n",
                      TargetsText(data, words, vietnamese, colored));
}

std::string StatusJson(const StatusData& data) {
  google::protobuf::Struct object = ToJsonObject(data.departments);
  object.MergeFrom(ToJsonObject(data.scorecard));
  return ToJson(object);
}

}  // namespace iocctl
