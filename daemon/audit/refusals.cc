#include "audit/refusals.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd::audit {
namespace {

constexpr absl::string_view kSeparator("\0", 1);

std::string CallerOf(const Entry& entry) {
  return absl::StrCat(entry.who, kSeparator, entry.from, kSeparator);
}

/// Stands for refusals of one caller that are too many to be told apart.
Entry FurtherOfCaller(const Entry& entry) {
  Entry further;
  further.who = entry.who;
  further.from = entry.from;
  further.how = entry.how;
  further.action = entry.action;
  further.outcome = Outcome::kRefused;
  further.why = "further refusals of this caller, with other reasons";
  return further;
}

/// Stands for refusals of any caller that are too many to be told apart.
Entry FurtherOfAny() {
  Entry further;
  further.action = kManyRefused;
  further.outcome = Outcome::kRefused;
  further.why = "further refusals, of any caller and with any reason";
  return further;
}

}  // namespace

std::optional<Logged> Refusals::Add(Entry entry, const ClockReading& now) {
  std::string caller = CallerOf(entry);
  std::string key = absl::StrCat(caller, entry.action, kSeparator, entry.why);
  if (groups_.contains(key)) {
    return AddTo(key, std::move(caller), std::move(entry), now);
  }
  const auto of_caller = callers_.find(caller);
  if (of_caller != callers_.end() && of_caller->second >= limits::kMaxAuditedRefusalsPerCaller) {
    entry = FurtherOfCaller(entry);
    key = absl::StrCat(caller, entry.action);
  }
  if (!groups_.contains(key) && groups_.size() >= limits::kMaxAuditedRefusals) {
    entry = FurtherOfAny();
    caller.clear();
    key.clear();
  }
  return AddTo(key, std::move(caller), std::move(entry), now);
}

std::optional<Logged> Refusals::AddTo(const std::string& key, std::string caller, Entry entry,
                                      const ClockReading& now) {
  const auto [at, is_new] = groups_.try_emplace(key);
  Group& group = at->second;
  if (is_new) {
    ++callers_[caller];
    group = {std::move(entry), std::move(caller), now.since_boot};
    return Logged{group.entry, now.wall};
  }
  if (group.repeats++ == 0) group.first = now.wall;
  group.last = now.wall;
  return std::nullopt;
}

std::vector<Logged> Refusals::TakeEnded(const ClockReading& now) {
  std::vector<Logged> ended;
  for (auto at = groups_.begin(); at != groups_.end();) {
    const auto here = at++;  // erasing leaves the others where they are
    Group& group = here->second;
    if (now.since_boot.nanos - group.began.nanos < limits::kAuditRefusalsWindow.nanos) continue;
    if (group.repeats > 0) {
      ended.push_back(Told(&group));
      group.began = now.since_boot;
      continue;
    }
    const auto of_caller = callers_.find(group.caller);
    if (--of_caller->second == 0) callers_.erase(of_caller);
    groups_.erase(here);
  }
  return ended;
}

std::vector<Logged> Refusals::TakeAll() {
  std::vector<Logged> all;
  for (auto& [key, group] : groups_) {
    if (group.repeats > 0) all.push_back(Told(&group));
  }
  groups_.clear();
  callers_.clear();
  return all;
}

Logged Refusals::Told(Group* group) {
  Logged logged{group->entry, group->last};
  logged.times = std::exchange(group->repeats, 0);
  if (logged.times > 1) logged.since = group->first;
  return logged;
}

}  // namespace iocd::audit
