#pragma once

#include "config/drafts.h"
#include "config/yaml_reader.h"

namespace iocd::config {

/// Adds what one catalogue file says to `drafts`. Mistakes go where `file` sends them. Format:
/// docs/catalogue.md.
void ReadCatalogueFile(const YamlFile& file, Drafts& drafts);

// One reader for each sort of item; `node` is one item of its list.
std::optional<DepartmentDraft> ReadDepartment(const YamlFile& file, const YAML::Node& node);
std::optional<MemberSetDraft> ReadMemberSet(const YamlFile& file, const YAML::Node& node);
std::optional<IndicatorDraft> ReadIndicator(const YamlFile& file, const YAML::Node& node);
std::optional<TargetDraft> ReadTarget(const YamlFile& file, const YAML::Node& node);
std::optional<WaiverDraft> ReadWaiver(const YamlFile& file, const YAML::Node& node);

/// Adds what `calendar` says to `calendar`.
void ReadCalendar(const YamlFile& file, const YAML::Node& node, CalendarDraft& calendar);

/// The due rule of an indicator of that cadence: what its key `due` says, otherwise the default.
domain::DueRule ReadDueRule(const MapReader& indicator, domain::Cadence cadence);

/// The key `code` of an item; a mistake if it is missing or breaks the rule for codes.
std::optional<Text> ReadCode(const MapReader& map);

/// The day that `text` names, "2025-01-27"; nullopt: none is given, or a mistake.
std::optional<domain::CivilDate> ReadDay(const YamlFile& file, const std::optional<Text>& text);

/// Moves the required text of `key` into `*out`.
void ReadRequired(const MapReader& map, absl::string_view key, std::string* out);

}  // namespace iocd::config
