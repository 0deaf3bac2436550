#include "config/roster_builder.h"

#include <optional>

#include "absl/strings/str_cat.h"
#include "config/rings.h"

namespace iocd::config {
namespace {

using domain::Department;

/// What `of` says of each item, if it is another item.
template <typename Item>
std::vector<std::optional<std::size_t>> AllOf(const std::vector<Item>& items,
                                              std::optional<std::size_t> Item::*of) {
  std::vector<std::optional<std::size_t>> all;
  all.reserve(items.size());
  for (const Item& item : items) all.push_back(item.*of);
  return all;
}

/// Departments with the drafts they come from, in the same order.
class SuccessorCheck {
 public:
  SuccessorCheck(const std::vector<Department>& departments,
                 const std::vector<const DepartmentDraft*>& drafts, Mistakes& mistakes)
      : departments_(departments), drafts_(drafts), mistakes_(mistakes) {}

  void Run() {
    std::vector<bool> in_ring(departments_.size());
    for (const std::vector<std::size_t>& ring :
         RingsOf(AllOf(departments_, &Department::successor))) {
      Object(ring.front(),
             ring.size() == 1
                 ? absl::StrCat("'", departments_[ring.front()].code,
                                "' cannot be its own successor; one that is "
                                "dissolved has none")
                 : absl::StrCat("the successors go in a circle: ", RingText(ring, departments_),
                                "; the last of them goes on and has none"));
      for (const std::size_t one : ring) in_ring[one] = true;
    }
    for (std::size_t i = 0; i < departments_.size(); ++i) {
      if (!in_ring[i]) CheckTakeover(i);
    }
  }

 private:
  void Object(std::size_t department, const std::string& message) {
    mistakes_.Add(drafts_[department]->successor->place, message);
  }

  /// The successor is there on the day on which it takes over.
  void CheckTakeover(std::size_t number) {
    const Department& one = departments_[number];
    if (!one.successor || !one.valid_to) return;
    const Department& successor = departments_[*one.successor];
    const std::string day = one.valid_to->ToText();
    if (successor.valid_to && *successor.valid_to <= *one.valid_to) {
      Object(number, absl::StrCat("the successor '", successor.code, "' is itself no more on ", day,
                                  " (its valid_to is ", successor.valid_to->ToText(),
                                  "): name the department that takes over on that day"));
    } else if (successor.valid_from && *successor.valid_from > *one.valid_to) {
      Object(number, absl::StrCat("the successor '", successor.code, "' is not there yet on ", day,
                                  " (its valid_from is ", successor.valid_from->ToText(),
                                  "): it takes over on the valid_to of '", one.code, "'"));
    }
  }

  const std::vector<Department>& departments_;
  const std::vector<const DepartmentDraft*>& drafts_;
  Mistakes& mistakes_;
};

void TakeMembers(const MemberSetDraft& draft, domain::MemberSet& set, Mistakes& mistakes) {
  CodeIndex members(absl::StrCat("member of '", draft.code, "'"), mistakes);
  std::vector<const MemberDraft*> drafts;
  for (const MemberDraft& member : draft.members) {
    if (!members.Add(member.value.code, member.place)) continue;
    set.members.push_back(member.value);
    drafts.push_back(&member);
  }
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i]->parent) set.members[i].parent = members.Resolve(*drafts[i]->parent);
  }
  for (const auto& ring : RingsOf(AllOf(set.members, &domain::Member::parent))) {
    mistakes.Add(
        drafts[ring.front()]->parent->place,
        absl::StrCat("the members of '", set.code, "' are parts of each other in a circle: ",
                     RingText(ring, set.members), "; the largest of them has no parent"));
  }
}

}  // namespace

void TakeDepartments(const std::vector<DepartmentDraft>& all, CodeIndex& departments,
                     domain::CatalogueData& data, Mistakes& mistakes) {
  std::vector<const DepartmentDraft*> drafts;
  for (const DepartmentDraft& draft : all) {
    if (!departments.Add(draft.value.code, draft.place)) continue;
    data.departments.push_back(draft.value);
    drafts.push_back(&draft);
  }
  if (drafts.empty()) mistakes.Add({}, "no catalogue file gives a department");
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Department& department = data.departments[i];
    if (drafts[i]->successor) department.successor = departments.Resolve(*drafts[i]->successor);
    if (drafts[i]->parent) department.parent = departments.Resolve(*drafts[i]->parent);
  }
  SuccessorCheck(data.departments, drafts, mistakes).Run();
  for (const auto& ring : RingsOf(AllOf(data.departments, &Department::parent))) {
    mistakes.Add(
        drafts[ring.front()]->parent->place,
        absl::StrCat("the departments stand above each other in a circle: ",
                     RingText(ring, data.departments), "; the highest of them has no parent"));
  }
}

void TakeMemberSets(const std::vector<MemberSetDraft>& drafts, CodeIndex& sets,
                    domain::CatalogueData& data, Mistakes& mistakes) {
  for (const MemberSetDraft& draft : drafts) {
    if (!sets.Add(draft.code, draft.place)) continue;
    domain::MemberSet& set = data.member_sets.emplace_back();
    set.code = draft.code;
    TakeMembers(draft, set, mistakes);
  }
}

bool ReportsOrSucceeds(const domain::CatalogueData& data, std::size_t department,
                       const domain::Indicator& indicator) {
  for (std::size_t i = 0; i < data.departments.size(); ++i) {
    if (!domain::Reports(data, i, indicator)) continue;
    std::optional<std::size_t> at = i;
    for (std::size_t steps = 0; at && steps < data.departments.size(); ++steps) {
      if (*at == department) return true;
      at = data.departments[*at].successor;
    }
  }
  return false;
}

}  // namespace iocd::config
