#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"

namespace iocd::access {

/// What an identity is trusted with; docs/security.md has the table.
enum class Role : std::uint8_t { kSender, kReader, kApprover, kAdministrator };

inline constexpr std::array kAllRoles = {Role::kSender, Role::kReader, Role::kApprover,
                                         Role::kAdministrator};

/// "sender", "reader", "approver", "administrator".
absl::string_view RoleName(Role role);
std::optional<Role> ParseRole(absl::string_view name);

/// What a caller wants to do.
enum class Action : std::uint8_t {
  kSend,           // Push, PushStream, POST /api/v1/events
  kResume,         // Resume: where a producer of one's own department goes on
  kListCatalogue,  // ListDepartments, ListIndicators
  kReadFigures,    // GetSeries, GetScorecard, the wall
  kReadMetrics,    // GET /metrics
  kReadClock,
  kConfirmClock,
  kBackup,
  kReload,
};

inline constexpr std::array kAllActions = {
    Action::kSend,         Action::kResume,      Action::kListCatalogue,
    Action::kReadFigures,  Action::kReadMetrics, Action::kReadClock,
    Action::kConfirmClock, Action::kBackup,      Action::kReload};

/// The end of a sentence: "may not ‹send events›".
absl::string_view ActionText(Action action);

/// Whether the role alone allows it.
bool Allows(Role role, Action action);

/// The roles that allow it, for messages: "sender", "reader, approver or administrator".
std::string RolesThatMay(Action action);

}  // namespace iocd::access
