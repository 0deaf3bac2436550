#include "domain/catalogue.h"

#include <utility>

#include "absl/algorithm/container.h"
#include "domain/supersession.h"

namespace iocd::domain {
namespace {

std::vector<std::size_t> NewestPerKey(const std::vector<Target>& targets) {
  std::vector<std::size_t> in_force;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    if (SupersededBy(targets, i) == nullptr) in_force.push_back(i);
  }
  return in_force;
}

template <typename Item>
absl::flat_hash_map<std::string, std::size_t> IndexByCode(const std::vector<Item>& items) {
  absl::flat_hash_map<std::string, std::size_t> index;
  index.reserve(items.size());
  for (std::size_t i = 0; i < items.size(); ++i) index.emplace(items[i].code, i);
  return index;
}

std::vector<std::size_t> LeavesOf(const MemberSet& set) {
  std::vector<bool> divided(set.members.size());
  for (const Member& member : set.members) {
    if (member.parent) divided[*member.parent] = true;
  }
  std::vector<std::size_t> leaves;
  for (std::size_t i = 0; i < divided.size(); ++i) {
    if (!divided[i]) leaves.push_back(i);
  }
  return leaves;
}

/// By member: the leaves among itself and its parts.
std::vector<std::vector<std::size_t>> LeavesByMember(const MemberSet& set,
                                                     const std::vector<std::size_t>& leaves) {
  std::vector<std::vector<std::size_t>> by_member(set.members.size());
  for (const std::size_t leaf : leaves) {
    for (std::optional<std::size_t> at = leaf; at; at = set.members[*at].parent) {
      by_member[*at].push_back(leaf);
    }
  }
  return by_member;
}

std::vector<std::vector<std::size_t>> Predecessors(const std::vector<Department>& departments) {
  std::vector<std::vector<std::size_t>> predecessors(departments.size());
  for (std::size_t i = 0; i < departments.size(); ++i) {
    for (auto next = departments[i].successor; next; next = departments[*next].successor) {
      predecessors[*next].push_back(i);
    }
  }
  return predecessors;
}

}  // namespace

bool Reports(const CatalogueData& data, std::size_t department, const Indicator& indicator) {
  switch (indicator.reporters) {
    case Reporters::kOwner:
      return indicator.owner == department;
    case Reporters::kAll:
      return true;
    case Reporters::kKinds:
      return absl::c_linear_search(indicator.reporter_kinds, data.departments[department].kind);
  }
  return false;
}

Catalogue::Catalogue(CatalogueData data)
    : data_(std::move(data)),
      departments_(IndexByCode(data_.departments)),
      indicators_(IndexByCode(data_.indicators)),
      predecessors_(Predecessors(data_.departments)),
      targets_in_force_(NewestPerKey(data_.targets)) {
  for (const MemberSet& set : data_.member_sets) {
    members_.push_back(IndexByCode(set.members));
    leaves_.push_back(domain::LeavesOf(set));
    leaves_of_member_.push_back(LeavesByMember(set, leaves_.back()));
  }
  for (const Indicator& indicator : data_.indicators) {
    std::vector<std::size_t>& reporters = reporters_.emplace_back();
    std::vector<bool>& may_report = may_report_.emplace_back(data_.departments.size());
    for (std::size_t i = 0; i < data_.departments.size(); ++i) {
      may_report[i] =
          Reports(data_, i, indicator) || absl::c_any_of(predecessors_[i], [&](std::size_t former) {
            return Reports(data_, former, indicator);
          });
      if (may_report[i]) reporters.push_back(i);
    }
  }
}

const Department* Catalogue::FindDepartment(absl::string_view code) const {
  const auto found = departments_.find(code);
  return found == departments_.end() ? nullptr : &data_.departments[found->second];
}

const Indicator* Catalogue::FindIndicator(absl::string_view code) const {
  const auto found = indicators_.find(code);
  return found == indicators_.end() ? nullptr : &data_.indicators[found->second];
}

const Member* Catalogue::FindMember(const Indicator& indicator, absl::string_view code) const {
  if (!indicator.member_set) return nullptr;
  const auto& members = members_[*indicator.member_set];
  const auto found = members.find(code);
  if (found == members.end()) return nullptr;
  return &data_.member_sets[*indicator.member_set].members[found->second];
}

bool Catalogue::MayReport(const Department& department, const Indicator& indicator) const {
  if (indicator.reporters == Reporters::kAll) return true;
  if (indicator.owner && indicator.reporters == Reporters::kOwner &&
      &department == &data_.departments[*indicator.owner]) {
    return true;
  }
  return may_report_[&indicator - data_.indicators.data()][&department - data_.departments.data()];
}

const std::vector<std::size_t>& Catalogue::ReportersOf(std::size_t indicator) const {
  return reporters_[indicator];
}

std::optional<std::size_t> Catalogue::HolderOn(std::size_t department, CivilDate day) const {
  std::optional<std::size_t> holder = department;
  while (holder) {
    const Department& one = data_.departments[*holder];
    if (!one.valid_to || day < *one.valid_to) break;
    holder = one.successor;
  }
  return holder;
}

bool Catalogue::ReportsOn(std::size_t department, std::size_t indicator, CivilDate day) const {
  if (!data_.departments[department].ExistsOn(day)) return false;
  if (predecessors_[department].empty()) return true;
  const Indicator& of = data_.indicators[indicator];
  return Reports(data_, department, of) ||
         absl::c_any_of(predecessors_[department], [&](std::size_t former) {
           return Reports(data_, former, of) && HolderOn(former, day) == department;
         });
}

bool Catalogue::IsLeaf(const Indicator& indicator, const Member& member) const {
  const std::size_t set = *indicator.member_set;
  const auto number = static_cast<std::size_t>(&member - data_.member_sets[set].members.data());
  return leaves_of_member_[set][number].front() == number;
}

const MemberSet* Catalogue::MembersOf(const Indicator& indicator) const {
  return indicator.member_set ? &data_.member_sets[*indicator.member_set] : nullptr;
}

}  // namespace iocd::domain
