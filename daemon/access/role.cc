#include "access/role.h"

#include <vector>

#include "absl/strings/str_cat.h"

namespace iocd::access {

absl::string_view RoleName(Role role) {
  switch (role) {
    case Role::kSender:
      return "sender";
    case Role::kReader:
      return "reader";
    case Role::kApprover:
      return "approver";
    case Role::kAdministrator:
      return "administrator";
  }
  return "";
}

std::optional<Role> ParseRole(absl::string_view name) {
  for (const Role role : kAllRoles) {
    if (RoleName(role) == name) return role;
  }
  return std::nullopt;
}

absl::string_view ActionText(Action action) {
  switch (action) {
    case Action::kSend:
      return "send events";
    case Action::kResume:
      return "ask where a producer goes on";
    case Action::kListCatalogue:
      return "list departments and indicators";
    case Action::kReadFigures:
      return "read figures";
    case Action::kReadMetrics:
      return "read the metrics";
    case Action::kReadClock:
      return "ask how the clock stands";
    case Action::kConfirmClock:
      return "confirm the clock";
    case Action::kBackup:
      return "take a backup";
    case Action::kReload:
      return "reload the configuration";
  }
  return "";
}

bool Allows(Role role, Action action) {
  switch (action) {
    case Action::kSend:
    case Action::kResume:
      return role == Role::kSender;
    case Action::kListCatalogue:
      return true;
    case Action::kReadFigures:
    case Action::kReadMetrics:
      return role != Role::kSender;
    case Action::kReadClock:
    case Action::kConfirmClock:
    case Action::kBackup:
    case Action::kReload:
      return role == Role::kAdministrator;
  }
  return false;
}

std::string RolesThatMay(Action action) {
  std::vector<absl::string_view> names;
  for (const Role role : kAllRoles) {
    if (Allows(role, action)) names.push_back(RoleName(role));
  }
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    absl::StrAppend(&text, i == 0 ? "" : i + 1 == names.size() ? " or " : ", ", names[i]);
  }
  return text;
}

}  // namespace iocd::access
