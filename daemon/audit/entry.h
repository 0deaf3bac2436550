#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/strings/string_view.h"
#include "audit/caller.h"
#include "base/timestamp.h"

namespace iocd::audit {

// Actions; docs/audit.md says what each means. The names stand in files that are kept for years.
inline constexpr char kStart[] = "start", kStop[] = "stop";
inline constexpr char kReload[] = "reload";
inline constexpr char kAccessChange[] = "access_change";
inline constexpr char kClockConfirm[] = "clock_confirm";
inline constexpr char kBackup[] = "backup";
inline constexpr char kFirstPush[] = "first_push";
inline constexpr char kPushRefused[] = "push_refused";
inline constexpr char kIdentityRefused[] = "identity_refused";  // nobody is known by that name
inline constexpr char kPermissionRefused[] = "permission_refused";
inline constexpr char kLimit[] = "limit";
inline constexpr char kManyRefused[] = "many_refused";  // of any sort
// Of the audit log itself.
inline constexpr char kTailCut[] = "tail_cut";
inline constexpr char kChainBroken[] = "chain_broken";
inline constexpr char kFirstPushesFull[] = "first_pushes_full";

inline constexpr const char* kAllActions[] = {
    kStart,  kStop,        kReload,      kAccessChange,    kClockConfirm,
    kBackup, kFirstPush,   kPushRefused, kIdentityRefused, kPermissionRefused,
    kLimit,  kManyRefused, kTailCut,     kChainBroken,     kFirstPushesFull,
};

enum class Outcome { kDone, kRefused, kFailed };

/// Something that happened and that an auditor may ask for. Texts may come from outside: they are
/// bounded and escaped when they are written. Never put a token, a key or a password into one.
struct Entry {
  std::string who;   // name of the identity; empty: none
  std::string from;  // IP address of the peer; empty: not over a network
  How how = How::kLocal;
  std::string action;      // one of those above
  std::string call;        // the method or path that was called; empty: none
  std::string department;  // code, of a push; as sent where it was refused
  std::string producer;    // likewise
  std::string what;        // more about it, for people
  Outcome outcome = Outcome::kDone;
  std::string why;  // of what was refused or failed: the sentence that the caller got
};

/// An entry of a known caller.
Entry EntryOf(const Caller& caller, absl::string_view action);

/// An entry with what the log adds to it.
struct Logged {
  Entry entry;
  Timestamp time;                  // when it happened; of several, the last of them
  std::uint64_t times = 1;         // that many equal refusals stand in this entry
  std::optional<Timestamp> since;  // if several: when the first of them happened
  std::uint64_t missing = 0;       // entries that happened before this one and were dropped
};

absl::string_view NameOf(How how);
absl::string_view NameOf(Outcome outcome);
std::optional<How> FindHow(absl::string_view name);
std::optional<Outcome> FindOutcome(absl::string_view name);

}  // namespace iocd::audit
