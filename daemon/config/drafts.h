#pragma once

#include <optional>
#include <string>
#include <vector>

#include "config/yaml_reader.h"
#include "domain/catalogue.h"

/// What catalogue files say, before references between them are resolved. Cross references are
/// still codes, quantities whose unit is another item's still text, each with its place.
namespace iocd::config {

struct DepartmentDraft {
  domain::Department value;  // without successor and parent
  Place place;               // of its code
  std::optional<Text> successor, parent;
};

struct MemberDraft {
  domain::Member value;  // without parent
  Place place;
  std::optional<Text> parent;
};

struct MemberSetDraft {
  std::string code;
  Place place;
  std::vector<MemberDraft> members;
};

struct IndicatorDraft {
  domain::Indicator value;  // without owner, member_set, fed_by
  Place place;
  bool sound = true;  // nothing was wrong with it alone, so what follows from it can be checked
  std::optional<Text> owner, member_set, fed_by;
  std::vector<Text> reporter_kinds;
};

struct MilestoneDraft {
  domain::CivilDate date;
  Text value;
};

struct TargetDraft {
  domain::Target value;  // without department, indicator, and the quantities of its terms
  Place place;
  bool sound = true;
  Text indicator, op, quantity;
  std::optional<Text> scope;  // absent: the province
  std::optional<Text> stretch, tolerance, baseline;
  std::vector<MilestoneDraft> milestones;
};

struct WaiverDraft {
  domain::Waiver value;  // without department and indicator
  Text department;
  std::optional<Text> indicator;  // absent: all
};

struct TerritoryDraft {
  std::string code, name_vi, name_en;
  std::optional<domain::CivilDate> reports_from;
  Place place;
};

struct HolidayDraft {
  domain::Holiday value;
  Place place;
};

struct WorkedDayDraft {
  domain::CivilDate date;
  Place place;
};

struct WorkingHoursDraft {
  std::vector<domain::WorkingHours> hours;
  Place place;
};

struct CalendarDraft {
  std::vector<HolidayDraft> holidays;
  std::vector<WorkedDayDraft> worked;
  std::optional<WorkingHoursDraft> hours;  // absent: the usual ones
};

/// The contents of all catalogue files, in the order read.
struct Drafts {
  std::optional<TerritoryDraft> territory;
  CalendarDraft calendar;
  std::vector<DepartmentDraft> departments;
  std::vector<MemberSetDraft> member_sets;
  std::vector<IndicatorDraft> indicators;
  std::vector<TargetDraft> targets;
  std::vector<WaiverDraft> waivers;
};

}  // namespace iocd::config
