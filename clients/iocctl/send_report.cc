#include "iocctl/send_report.h"

#include <iostream>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/dead_letter_line.h"
#include "iocctl/exit_code.h"
#include "iocctl/file_text.h"
#include "iocctl/json_text.h"
#include "iocctl/table.h"
#include "iocctl/terminal.h"

namespace iocctl {
namespace {

constexpr std::size_t kMaxShownRefusals = 1'000;

using google::protobuf::Struct;

/// Whether the batch may have been taken although its answer does not say so.
bool OutcomeIsUnknown(const ioc::client::Answer& answer) {
  if (answer.status.ok()) return answer.response.answer_expired();
  return absl::IsUnavailable(answer.status) || absl::IsCancelled(answer.status) ||
         absl::IsDeadlineExceeded(answer.status);
}

void PrintJson(const SendReport& report) {
  const SendReport::Counts total = report.Total();
  Struct object;
  auto& fields = *object.mutable_fields();
  fields["accepted"].set_number_value(static_cast<double>(total.accepted));
  fields["duplicate"].set_number_value(static_cast<double>(total.duplicate));
  fields["already_counted"].set_number_value(static_cast<double>(total.already_counted));
  fields["refused"].set_number_value(static_cast<double>(total.refused));
  fields["unknown"].set_number_value(static_cast<double>(total.unknown));
  auto* refusals = fields["refusals"].mutable_list_value();
  for (const SendReport::Refusal& refusal : report.refusals()) {
    auto& item = *refusals->add_values()->mutable_struct_value()->mutable_fields();
    item["where"].set_string_value(refusal.where);
    item["code"].set_string_value(refusal.code);
    item["message"].set_string_value(refusal.message);
  }
  std::cout << ToJson(object) << "\n";
}

void PrintForPeople(const SendReport& report) {
  for (const SendReport::Refusal& refusal : report.refusals()) {
    std::cout << refusal.where << ": " << refusal.code << ": " << refusal.message << "\n";
  }
  if (!report.refusals().empty()) std::cout << "\n";
  const std::uint64_t unknown = report.Total().unknown;
  std::vector<Table::Column> columns = {
      {"DEPARTMENT"}, {"EVENTS", true}, {"ACCEPTED", true}, {"DUPLICATE", true}, {"REFUSED", true}};
  if (unknown > 0) columns.push_back({"UNKNOWN", true});
  Table table(std::move(columns));
  const auto add = [&](const std::string& name, const SendReport::Counts& counts) {
    std::vector<Cell> row = {{name},
                             {absl::StrCat(counts.Total())},
                             {absl::StrCat(counts.accepted)},
                             {absl::StrCat(counts.duplicate + counts.already_counted)},
                             {absl::StrCat(counts.refused), counts.refused > 0 ? "31" : ""}};
    if (unknown > 0) row.push_back({absl::StrCat(counts.unknown), counts.unknown > 0 ? "31" : ""});
    table.AddRow(std::move(row));
  };
  const auto groups = report.groups();
  for (const auto& [name, counts] : groups) add(name, counts);
  if (groups.size() > 1) add("all", report.Total());
  std::cout << table.ToText(WantsColor());
  if (unknown > 0) {
    std::cout << "\n"
              << unknown
              << " events may be counted or not: send exactly the same once more, under the same "
                 "--sequence or --batch-id. Under a new one they may count twice.\n";
  }
  if (const std::uint64_t again = report.Total().already_counted; again > 0) {
    std::cout << "\n"
              << again
              << " of the duplicates stood in other batches: their references had been counted "
                 "before, and the indicator counts each reference once.\n";
  }
}

}  // namespace

absl::Status SendReport::KeepRefused(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  const bool unfinished = EndsWithinALine(path);
  refused_file_.open(path, std::ios::app | std::ios::binary);
  if (unfinished) refused_file_ << "\n";
  if (refused_file_) return absl::OkStatus();
  return absl::PermissionDeniedError(absl::StrCat(path, ": cannot be written"));
}

void SendReport::AddAnswer(const std::string& group, const ioc::client::Answer& answer) {
  std::lock_guard lock(mutex_);
  Counts& counts = groups_[group];
  const bool whole = answer.status.ok() && !answer.response.answer_expired();
  const std::uint64_t accepted = whole ? answer.response.accepted() : 0;
  const std::uint64_t already_counted = whole ? answer.response.already_counted() : 0;
  (answer.response.duplicate() ? counts.duplicate : counts.accepted) += accepted;
  counts.already_counted += already_counted;
  (OutcomeIsUnknown(answer) ? counts.unknown : counts.refused) +=
      answer.events - accepted - already_counted;
}

void SendReport::AddDeadLetter(const std::string& where, const ioc::client::DeadLetter& letter) {
  std::lock_guard lock(mutex_);
  if (refusals_.size() < kMaxShownRefusals) {
    refusals_.push_back({where, letter.code, letter.message});
  }
  if (!refused_file_.is_open()) return;
  refused_file_ << DeadLetterLine(letter) << "\n" << std::flush;
}

SendReport::Counts SendReport::Total() const {
  std::lock_guard lock(mutex_);
  Counts total;
  for (const auto& [group, counts] : groups_) {
    total.accepted += counts.accepted;
    total.duplicate += counts.duplicate;
    total.already_counted += counts.already_counted;
    total.refused += counts.refused;
    total.unknown += counts.unknown;
  }
  return total;
}

std::map<std::string, SendReport::Counts> SendReport::groups() const {
  std::lock_guard lock(mutex_);
  return groups_;
}

std::vector<SendReport::Refusal> SendReport::refusals() const {
  std::lock_guard lock(mutex_);
  return refusals_;
}

bool SendReport::KeptAll() const {
  std::lock_guard lock(mutex_);
  return refused_file_.good();
}

int PrintReport(const SendReport& report, bool json) {
  json ? PrintJson(report) : PrintForPeople(report);
  if (!report.KeptAll()) {
    return Fail(kFailed, "the file of --rejected could not be written; it lacks refused events");
  }
  const SendReport::Counts total = report.Total();
  return total.refused + total.unknown > 0 ? kFailed : kDone;
}

}  // namespace iocctl
