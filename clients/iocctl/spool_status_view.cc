#include "iocctl/spool_status_view.h"

#include <algorithm>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/substitute.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/age_text.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/spool_status_words.h"
#include "tool/daemon_query.h"

namespace iocctl {
namespace {

/// A line that is up needs seconds; what waits for longer than this has an obstacle.
constexpr absl::Duration kTooLong = absl::Hours(1);
/// Share of the room from which an operator should hurry.
constexpr double kNearlyFull = 0.8;

std::string Mebibytes(std::int64_t bytes) {
  return absl::StrFormat("%.1f", static_cast<double>(bytes) / (1 << 20));
}

absl::Duration AgeOfOldest(const SpoolStatusData& data) {
  return data.now - data.state.oldest_waiting.value_or(data.now);
}

/// Seen just now, and noted by no sender yet.
bool LacksConfirmed(const SpoolStatusData& data) {
  return data.daemon.ok() &&
         data.last_sequence < static_cast<std::uint64_t>(data.state.last_answered_sequence);
}

bool HasLostData(const SpoolStatusData& data) {
  return LacksConfirmed(data) || data.state.lost_at.has_value();
}

/// The daemon does not take this sender: that does not pass by waiting, somebody has to mend it.
bool SenderIsRefused(const ioc::client::SpoolState& state) {
  return absl::StartsWith(state.last_failure, "UNAUTHENTICATED") ||
         absl::StartsWith(state.last_failure, "PERMISSION_DENIED");
}

bool IsWell(const SpoolStatusData& data, SpoolCheck check) {
  const auto& state = data.state;
  switch (check) {
    case SpoolCheck::kWaiting:
      return AgeOfOldest(data) < kTooLong;
    case SpoolCheck::kSender:
      return data.has_sender || state.waiting_batches == 0;
    case SpoolCheck::kDaemon:
      return (data.daemon.ok() || absl::IsUnimplemented(data.daemon)) && !HasLostData(data) &&
             !SenderIsRefused(state);
    case SpoolCheck::kRejected:
      return state.dead_letters == 0;
    case SpoolCheck::kRoom:
      return static_cast<double>(state.waiting_bytes) <
             kNearlyFull * static_cast<double>(state.max_bytes);
    case SpoolCheck::kDisk:
      return data.write.ok();
  }
  return false;
}

constexpr SpoolCheck kChecks[] = {SpoolCheck::kWaiting,  SpoolCheck::kSender, SpoolCheck::kDaemon,
                                  SpoolCheck::kRejected, SpoolCheck::kRoom,   SpoolCheck::kDisk};

std::string WaitingText(const SpoolStatusData& data, const SpoolWords& words, bool well) {
  const auto& state = data.state;
  if (state.waiting_batches == 0) return words.nothing_waits;
  return absl::Substitute(well ? words.waits : words.waits_long, state.waiting_batches,
                          state.waiting_events, LocalText(data.now - AgeOfOldest(data)),
                          AgeText(AgeOfOldest(data)));
}

std::string DaemonText(const SpoolStatusData& data, const SpoolWords& words) {
  const auto& state = data.state;
  std::string text;
  if (state.lost_at.has_value()) {
    text = absl::Substitute(words.lost_noted, LocalText(*state.lost_at), data.target,
                            state.lost_from, state.lost_through, data.directory);
  } else if (LacksConfirmed(data)) {
    text = absl::Substitute(words.lost_data, data.target, data.last_sequence,
                            state.last_answered_sequence);
  } else if (data.daemon.ok()) {
    text = absl::Substitute(words.agrees, data.target);
  } else if (absl::IsUnimplemented(data.daemon)) {
    text = absl::Substitute(words.too_old, data.target);
  } else if (ioc::tool::IsUnreached(data.daemon) || absl::IsDeadlineExceeded(data.daemon)) {
    text = absl::Substitute(words.no_daemon, data.target);
  } else if (absl::IsUnavailable(data.daemon)) {
    text = absl::Substitute(words.not_now, data.target, data.daemon.message());
  } else {
    text = absl::Substitute(words.daemon_refuses, data.target, data.daemon.message());
  }
  absl::StrAppend(&text, "\n    ",
                  state.last_answer.has_value()
                      ? absl::Substitute(words.last_answer, LocalText(*state.last_answer),
                                         AgeText(data.now - *state.last_answer))
                      : words.not_answered_yet);
  if (state.last_failure_at.has_value()) {
    absl::StrAppend(&text, "\n    ",
                    absl::Substitute(words.last_failure, LocalText(*state.last_failure_at),
                                     state.last_failure));
  }
  return text;
}

std::string CheckText(const SpoolStatusData& data, SpoolCheck check, const SpoolWords& words) {
  const auto& state = data.state;
  const bool well = IsWell(data, check);
  switch (check) {
    case SpoolCheck::kWaiting:
      return WaitingText(data, words, well);
    case SpoolCheck::kSender:
      if (data.has_sender) return words.sender_runs;
      return well ? words.no_sender_needed : absl::Substitute(words.no_sender, data.directory);
    case SpoolCheck::kDaemon:
      return DaemonText(data, words);
    case SpoolCheck::kRejected:
      if (well) return words.none_rejected;
      return absl::Substitute(words.rejected, state.dead_letters,
                              LocalText(state.oldest_dead_letter.value_or(data.now)),
                              data.directory);
    case SpoolCheck::kRoom:
      return absl::Substitute(well ? words.room : words.nearly_full, Mebibytes(state.waiting_bytes),
                              Mebibytes(state.max_bytes));
    case SpoolCheck::kDisk:
      return well ? words.disk_well : absl::Substitute(words.disk_refuses, data.write.message());
  }
  return "";
}

const char* CodeOf(SpoolCheck check) {
  switch (check) {
    case SpoolCheck::kWaiting:
      return "waiting";
    case SpoolCheck::kSender:
      return "sender";
    case SpoolCheck::kDaemon:
      return "daemon";
    case SpoolCheck::kRejected:
      return "rejected";
    case SpoolCheck::kRoom:
      return "room";
    case SpoolCheck::kDisk:
      return "disk";
  }
  return "";
}

}  // namespace

std::vector<SpoolCheck> NeedAttention(const SpoolStatusData& data) {
  std::vector<SpoolCheck> checks;
  std::copy_if(std::begin(kChecks), std::end(kChecks), std::back_inserter(checks),
               [&](SpoolCheck check) { return !IsWell(data, check); });
  return checks;
}

std::string SpoolStatusText(const SpoolStatusData& data, const std::string& language) {
  const SpoolWords& words = language == "vi" ? kVietnameseSpool : kEnglishSpool;
  const bool well = NeedAttention(data).empty();
  const auto mark = [](bool good) { return good ? "✓ " : "! "; };
  std::string text =
      absl::StrCat(mark(well),
                   absl::Substitute(well ? words.well : words.attention, data.directory,
                                    data.state.department, data.state.producer),
                   "\n");
  for (const SpoolCheck check : kChecks) {
    absl::StrAppend(&text, "  ", mark(IsWell(data, check)), CheckText(data, check, words), "\n");
  }
  return text;
}

std::string SpoolStatusJson(const SpoolStatusData& data) {
  const auto& state = data.state;
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  const auto number = [&](const char* name, std::int64_t value) {
    fields[name].set_number_value(static_cast<double>(value));
  };
  const auto time = [&](const char* name, const std::optional<absl::Time>& value) {
    if (value.has_value()) fields[name].set_string_value(LocalText(*value));
  };
  const std::vector<SpoolCheck> attention = NeedAttention(data);
  fields["well"].set_bool_value(attention.empty());
  auto* list = fields["attention"].mutable_list_value();
  for (const SpoolCheck check : attention) list->add_values()->set_string_value(CodeOf(check));
  fields["department"].set_string_value(state.department);
  fields["producer"].set_string_value(state.producer);
  number("waiting_batches", state.waiting_batches);
  number("waiting_events", state.waiting_events);
  number("waiting_bytes", state.waiting_bytes);
  number("max_bytes", state.max_bytes);
  time("waiting_since", state.oldest_waiting);
  number("rejected_events", state.dead_letters);
  number("max_rejected_events", state.max_dead_letters);
  number("last_answered_sequence", state.last_answered_sequence);
  time("last_answer", state.last_answer);
  fields["last_failure"].set_string_value(state.last_failure);
  fields["sender_runs"].set_bool_value(data.has_sender);
  fields["daemon_answers"].set_bool_value(data.daemon.ok() || absl::IsUnimplemented(data.daemon));
  fields["daemon_lost_data"].set_bool_value(HasLostData(data));
  if (data.daemon.ok())
    number("daemon_last_sequence", static_cast<std::int64_t>(data.last_sequence));
  if (state.lost_at.has_value()) {
    time("lost_at", state.lost_at);
    number("lost_from", state.lost_from);
    number("lost_through", state.lost_through);
  }
  number("total_accepted", state.total_accepted);
  number("total_duplicate", state.total_duplicate);
  number("total_rejected", state.total_dead_letters);
  return ToJson(object);
}

}  // namespace iocctl
