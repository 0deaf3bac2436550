#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/calendar_changes.h"
#include "config/changes.h"
#include "config/field_changes.h"
#include "config/target_changes.h"

namespace iocd::config {
namespace {

using domain::CatalogueData;
using domain::Department;
using domain::Indicator;
using domain::MemberSet;

constexpr absl::string_view kKeptUnseen = "; what it had stays, no longer shown";
constexpr absl::string_view kAlsoBefore = ": holds also for what was owed before";

std::string DayText(const std::optional<domain::CivilDate>& day) {
  return day ? day->ToText() : "none";
}

/// The code of the item with that number.
template <typename Item>
std::string CodeText(const std::vector<Item>& items, const std::optional<std::size_t>& index) {
  return Quote(index ? absl::string_view(items[*index].code) : absl::string_view());
}

Fields TerritoryFields(const CatalogueData& data) {
  return {{"code", Quote(data.territory)},
          {"name_vi", Quote(data.name_vi)},
          {"name_en", Quote(data.name_en)},
          {"reports_from", DayText(data.reports_from), kAlsoBefore}};
}

Fields DepartmentFields(const CatalogueData& data, const Department& department) {
  return {{"name_vi", Quote(department.name_vi)},
          {"name_en", Quote(department.name_en)},
          {"kind", Quote(department.kind)},
          {"counts", department.counts ? "true" : "false"},
          {"valid_from", DayText(department.valid_from), kAlsoBefore},
          {"valid_to", DayText(department.valid_to), kAlsoBefore},
          {"successor", CodeText(data.departments, department.successor),
           ": goes on with what this one had, from its valid_to on"},
          {"parent", CodeText(data.departments, department.parent)}};
}

std::string ReportersText(const Indicator& indicator) {
  switch (indicator.reporters) {
    case domain::Reporters::kOwner:
      return "owner";
    case domain::Reporters::kAll:
      return "all";
    case domain::Reporters::kKinds:
      return absl::StrCat("[", absl::StrJoin(indicator.reporter_kinds, ", "), "]");
  }
  return "";
}

Fields IndicatorFields(const CatalogueData& data, const Indicator& indicator) {
  const auto bound = [&](const std::optional<double>& value) {
    return value ? QuantityText(*value, indicator.unit) : "none";
  };
  return {
      {"kind", std::string(domain::KindName(indicator.kind)),
       ": a new series; the one of before stays, no longer shown, and goes on if the kind is "
       "changed back"},
      {"name_vi", Quote(indicator.name_vi)},
      {"name_en", Quote(indicator.name_en)},
      {"unit", Quote(indicator.unit),
       ": values of before stay as they are, and are read in the new unit"},
      {"direction", std::string(domain::DirectionName(indicator.direction))},
      {"cadence", std::string(domain::CadenceName(indicator.cadence))},
      {"calendar", std::string(domain::CalendarName(indicator.calendar))},
      {"due", DueText(indicator.due, indicator.cadence), kAlsoBefore},
      {"owner", CodeText(data.departments, indicator.owner)},
      {"reporters", ReportersText(indicator)},
      {"members", CodeText(data.member_sets, indicator.member_set), kKeptUnseen},
      {"fed_by", CodeText(data.indicators, indicator.fed_by)},
      {"minimum", bound(indicator.minimum)},
      {"maximum", bound(indicator.maximum)},
      {"count_once_by", indicator.count_once_by_reference ? "reference" : "none"},
      {"numerator_vi", Quote(indicator.numerator_vi)},
      {"denominator_vi", Quote(indicator.denominator_vi)},
  };
}

/// One department is let off for the same days and indicators once.
std::string WaiverName(const CatalogueData& data, const domain::Waiver& waiver) {
  const std::string of =
      waiver.indicator ? absl::StrCat("'", data.indicators[*waiver.indicator].code, "'") : "all";
  return absl::StrCat("waiver of '", data.departments[waiver.department].code, "' for ", of, ", ",
                      waiver.first.ToText(), " to ", waiver.last.ToText());
}

Fields WaiverFields(const domain::Waiver& waiver) {
  return {{"reason", Quote(waiver.reason)},
          {"author", Quote(waiver.author)},
          {"date", waiver.date.ToText()}};
}

/// Members of sets that stand in both catalogues.
void AppendMemberChanges(const CatalogueData& before, const CatalogueData& after, Sentences* out) {
  for (const MemberSet& set : after.member_sets) {
    for (const MemberSet& former : before.member_sets) {
      if (former.code != set.code) continue;
      AppendItemChanges(
          former.members, set.members,
          [&](const domain::Member& member, int) {
            return absl::StrCat("member '", member.code, "' of '", set.code, "'");
          },
          [&](const domain::Member& member, int list) -> Fields {
            return {{"name_vi", Quote(member.name_vi)},
                    {"name_en", Quote(member.name_en)},
                    {"parent", CodeText((list == 0 ? former : set).members, member.parent)}};
          },
          kKeptUnseen, out);
    }
  }
}

}  // namespace

std::vector<std::string> CatalogueChanges(const CatalogueData& before, const CatalogueData& after) {
  const CatalogueData* const data[] = {&before, &after};
  Sentences sentences;
  AppendFieldChanges("territory", TerritoryFields(before), TerritoryFields(after), &sentences);
  AppendCalendarChanges(before.working_days, after.working_days, &sentences);
  AppendItemChanges(
      before.departments, after.departments,
      [](const Department& one, int) { return absl::StrCat("department '", one.code, "'"); },
      [&](const Department& one, int list) { return DepartmentFields(*data[list], one); },
      kKeptUnseen, &sentences);
  AppendItemChanges(
      before.member_sets, after.member_sets,
      [](const MemberSet& one, int) { return absl::StrCat("member set '", one.code, "'"); },
      [](const MemberSet&, int) { return Fields(); }, kKeptUnseen, &sentences);
  AppendMemberChanges(before, after, &sentences);
  AppendItemChanges(
      before.indicators, after.indicators,
      [](const Indicator& one, int) { return absl::StrCat("indicator '", one.code, "'"); },
      [&](const Indicator& one, int list) { return IndicatorFields(*data[list], one); },
      kKeptUnseen, &sentences);
  AppendTargetChanges(before, after, &sentences);
  AppendItemChanges(
      before.waivers, after.waivers,
      [&](const domain::Waiver& one, int list) { return WaiverName(*data[list], one); },
      [](const domain::Waiver& one, int) { return WaiverFields(one); }, "; its reports count again",
      &sentences);
  return sentences;
}

}  // namespace iocd::config
