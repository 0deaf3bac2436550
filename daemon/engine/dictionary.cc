#include "engine/dictionary.h"

#include <limits>

#include "absl/strings/str_cat.h"

namespace iocd::engine {
namespace {

using eventlog::DefinedThing;
using eventlog::DefineRecord;

std::string MemberCode(const domain::MemberSet& set, const domain::Member& member) {
  return absl::StrCat(set.code, "/", member.code);
}

DefineRecord RecordOf(const domain::Indicator& indicator) {
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  return {.thing = DefinedThing::kIndicator,
          .id = 0,
          .code = indicator.code,
          .kind = indicator.kind,
          .minimum = indicator.minimum.value_or(-kInfinity),
          .maximum = indicator.maximum.value_or(kInfinity)};
}

/// Takes one framed record off the reader. What stands beside it in the frame is for the caller.
std::optional<DefineRecord> TakeDefineRecord(Reader& reader) {
  const auto length = reader.Get<std::uint32_t>();
  reader.Get<std::uint8_t>();  // the type
  auto record = eventlog::ParseDefineRecord(reader.GetBytes(length));
  if (!record.ok()) return std::nullopt;
  return *std::move(record);
}

}  // namespace

absl::Status Dictionary::Apply(const DefineRecord& record) {
  std::vector<DefineRecord>* things = nullptr;
  switch (record.thing) {
    case DefinedThing::kDepartment:
      things = &departments_;
      break;
    case DefinedThing::kIndicator:
      things = &indicators_;
      break;
    case DefinedThing::kMember:
      things = &members_;
      break;
  }
  if (things == nullptr || record.id == 0 || record.id > things->size() + 1) {
    return absl::DataLossError(absl::StrCat("a define record skips to id ", record.id));
  }
  if (record.thing == DefinedThing::kIndicator && domain::KindName(record.kind).empty()) {
    return absl::DataLossError(absl::StrCat("a define record gives indicator '", record.code,
                                            "' the unknown kind ", static_cast<int>(record.kind)));
  }
  if (record.id <= things->size()) {  // new bounds of a known indicator
    DefineRecord& known = (*things)[record.id - 1];
    if (known.code != record.code || known.kind != record.kind) {
      return absl::DataLossError(absl::StrCat("a define record gives id ", record.id, " of '",
                                              known.code, "' to '", record.code, "'"));
    }
    known = record;
    return absl::OkStatus();
  }
  things->push_back(record);
  switch (record.thing) {
    case DefinedThing::kDepartment:
      department_ids_.emplace(record.code, record.id);
      break;
    case DefinedThing::kIndicator:
      indicator_ids_.emplace(IndicatorKey{record.code, record.kind}, record.id);
      break;
    case DefinedThing::kMember:
      member_ids_.emplace(record.code, record.id);
      break;
  }
  return absl::OkStatus();
}

std::vector<DefineRecord> Dictionary::Missing(const domain::Catalogue& catalogue) const {
  std::vector<DefineRecord> missing;
  const auto id_after = [](const auto& things, std::uint32_t& added) {
    return static_cast<std::uint32_t>(things.size()) + ++added;
  };
  std::uint32_t new_departments = 0, new_indicators = 0, new_members = 0;
  for (const domain::Department& department : catalogue.data().departments) {
    if (department_ids_.contains(department.code)) continue;
    missing.push_back({.thing = DefinedThing::kDepartment,
                       .id = id_after(departments_, new_departments),
                       .code = department.code});
  }
  for (const domain::MemberSet& set : catalogue.data().member_sets) {
    for (const domain::Member& member : set.members) {
      if (member_ids_.contains(MemberCode(set, member))) continue;
      missing.push_back({.thing = DefinedThing::kMember,
                         .id = id_after(members_, new_members),
                         .code = MemberCode(set, member)});
    }
  }
  for (const domain::Indicator& indicator : catalogue.data().indicators) {
    DefineRecord record = RecordOf(indicator);
    const auto found = indicator_ids_.find(IndicatorKey{indicator.code, indicator.kind});
    if (found == indicator_ids_.end()) {
      record.id = id_after(indicators_, new_indicators);
    } else {
      record.id = found->second;
      if (indicators_[record.id - 1] == record) continue;
    }
    missing.push_back(std::move(record));
  }
  return missing;
}

void Dictionary::AssignIds(domain::Catalogue* catalogue) const {
  domain::CatalogueData& data = catalogue->mutable_data();
  for (domain::Department& department : data.departments) {
    department.id = domain::DepartmentId{department_ids_.at(department.code)};
  }
  for (domain::MemberSet& set : data.member_sets) {
    for (domain::Member& member : set.members) {
      member.id = domain::MemberId{member_ids_.at(MemberCode(set, member))};
    }
  }
  for (domain::Indicator& indicator : data.indicators) {
    const IndicatorKey key{indicator.code, indicator.kind};
    indicator.id = domain::IndicatorId{indicator_ids_.at(key)};
  }
}

const DefineRecord* Dictionary::Find(DefinedThing thing, std::uint32_t id) const {
  const std::vector<DefineRecord>& things = All(thing);
  return id - 1 < things.size() ? &things[id - 1] : nullptr;  // 0 wraps around to "no such"
}

const std::vector<DefineRecord>& Dictionary::All(DefinedThing thing) const {
  if (thing == DefinedThing::kDepartment) return departments_;
  return thing == DefinedThing::kIndicator ? indicators_ : members_;
}

std::optional<domain::Kind> Dictionary::KindOf(domain::IndicatorId id) const {
  const auto index = static_cast<std::uint32_t>(id) - 1;  // 0 wraps around to "no such"
  if (index >= indicators_.size()) return std::nullopt;
  return indicators_[index].kind;
}

bool Dictionary::Knows(domain::DepartmentId id) const {
  return static_cast<std::uint32_t>(id) - 1 < departments_.size();
}

bool Dictionary::Knows(domain::MemberId id) const {
  return static_cast<std::uint32_t>(id) <= members_.size();
}

void Dictionary::EncodeTo(std::string* out) const {
  Put<std::uint32_t>(
      out, static_cast<std::uint32_t>(departments_.size() + indicators_.size() + members_.size()));
  for (const auto* things : {&departments_, &indicators_, &members_}) {
    for (const DefineRecord& record : *things) eventlog::AppendTo(out, record);
  }
}

std::optional<Dictionary> Dictionary::Decode(Reader& reader) {
  const absl::string_view bytes = reader.rest();
  Dictionary dictionary;
  for (auto left = reader.Get<std::uint32_t>(); left > 0; --left) {
    const std::optional<DefineRecord> record = TakeDefineRecord(reader);
    if (!record || !dictionary.Apply(*record).ok()) return std::nullopt;
  }
  if (!reader.ok() || !dictionary.GivesEachCodeOneId()) return std::nullopt;
  // Another order, an id that is defined twice or anything else that is not canonical.
  std::string canonical;
  dictionary.EncodeTo(&canonical);
  if (bytes.substr(0, bytes.size() - reader.rest().size()) != canonical) return std::nullopt;
  return dictionary;
}

bool Dictionary::GivesEachCodeOneId() const {
  return department_ids_.size() == departments_.size() &&
         indicator_ids_.size() == indicators_.size() && member_ids_.size() == members_.size();
}

}  // namespace iocd::engine
