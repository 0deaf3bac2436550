#include "access/role.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

namespace iocd::access {
namespace {

// The table of docs/security.md, once more.
TEST(RoleTest, MayDoWhatTheTableSays) {
  using A = Action;
  const std::map<Role, std::set<Action>> table = {
      {Role::kSender, {A::kSend, A::kResume, A::kListCatalogue}},
      {Role::kReader, {A::kListCatalogue, A::kReadFigures, A::kReadMetrics}},
      {Role::kApprover, {A::kListCatalogue, A::kReadFigures, A::kReadMetrics}},
      {Role::kAdministrator,
       {A::kListCatalogue, A::kReadFigures, A::kReadMetrics, A::kReadClock, A::kConfirmClock,
        A::kBackup, A::kReload}},
  };
  for (const Role role : kAllRoles) {
    for (const Action action : kAllActions) {
      EXPECT_EQ(Allows(role, action), table.at(role).contains(action))
          << RoleName(role) << ": " << ActionText(action);
    }
  }
}

TEST(RoleTest, HasANameThatCanBeRead) {
  for (const Role role : kAllRoles) EXPECT_EQ(ParseRole(RoleName(role)), role);
  EXPECT_EQ(ParseRole("admin"), std::nullopt);
}

TEST(RoleTest, SaysWhichRolesMay) {
  EXPECT_EQ(RolesThatMay(Action::kSend), "sender");
  EXPECT_EQ(RolesThatMay(Action::kReadFigures), "reader, approver or administrator");
}

}  // namespace
}  // namespace iocd::access
