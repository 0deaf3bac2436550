#include "ioc/client/spool.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "spool_batches.h"
#include "spool_file.h"
#include "sqlite.h"

namespace ioc::client {

using ioc::v1::Event;
using ioc::v1::PushRequest;

namespace {

constexpr std::size_t kMaxProducerBytes = 64;
constexpr std::int64_t kMaxNames = 100'000;

absl::Status Full(const std::string& directory, const SpoolState& state, std::int64_t more) {
  const std::string since = state.oldest_waiting.has_value()
                                ? absl::StrCat(" since ", TimeText(*state.oldest_waiting))
                                : "";
  return absl::ResourceExhaustedError(absl::StrCat(
      "the spool in ", directory, " has no room for ", more,
      " bytes, and took none of them: ", state.waiting_bytes, " of ", state.max_bytes, " wait",
      since, " (batches: ", state.waiting_batches, ", events: ", state.waiting_events,
      "). Does 'iocctl spool send' run, and does the daemon answer? 'iocctl spool status --spool ",
      directory, "' says more"));
}

}  // namespace

Spool::Spool(std::string directory, std::unique_ptr<Database> database)
    : directory_(std::move(directory)), database_(std::move(database)) {}
Spool::~Spool() = default;

absl::StatusOr<std::unique_ptr<Spool>> Spool::OpenOrMake(const SpoolOptions& options,
                                                         absl::Time now) {
  if (options.department.empty() || options.producer.empty() ||
      options.producer.size() > kMaxProducerBytes) {
    return absl::InvalidArgumentError(
        absl::StrCat("a spool needs a department and a producer of at most ", kMaxProducerBytes,
                     " bytes; given are '", options.department, "' and '", options.producer, "'"));
  }
  auto database = OpenOrMakeSpoolFile(options, now);
  if (!database.ok()) return database.status();
  auto spool = Adopt(options.directory, *std::move(database));
  if (!spool.ok()) return spool;
  const std::string& department = (*spool)->department_;
  const std::string& producer = (*spool)->producer_;
  if (department == options.department && producer == options.producer) return spool;
  return absl::FailedPreconditionError(
      absl::StrCat("the spool in ", options.directory, " belongs to department '", department,
                   "', producer '", producer, "', not to department '", options.department,
                   "', producer '", options.producer, "'"));
}

absl::StatusOr<std::unique_ptr<Spool>> Spool::Open(const std::string& directory) {
  auto database = OpenSpoolFile(directory);
  if (!database.ok()) return database.status();
  return Adopt(directory, *std::move(database));
}

absl::StatusOr<std::unique_ptr<Spool>> Spool::Adopt(const std::string& directory,
                                                    std::unique_ptr<Database> database) {
  std::unique_ptr<Spool> spool(new Spool(directory, std::move(database)));
  const auto state = spool->State();
  if (!state.ok()) return state.status();
  spool->department_ = state->department;
  spool->producer_ = state->producer;
  return spool;
}

absl::Status Spool::Append(const std::vector<Event>& events, absl::Time now) {
  const auto batches = SplitIntoBatches(department_, producer_, events);
  if (!batches.ok()) return batches.status();
  if (batches->empty()) return absl::OkStatus();
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  absl::Status status = PutIn(*batches, now);
  return status.ok() ? transaction->Commit() : status;
}

absl::Status Spool::AppendOnce(const std::string& name, const std::vector<Event>& events,
                               absl::Time now) {
  const auto batches = SplitIntoBatches(department_, producer_, events);
  if (!batches.ok()) return batches.status();
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  auto known = database_->Prepare("SELECT at FROM names WHERE name = ?1");
  if (!known.ok()) return known.status();
  const auto found = known->Bind(name).Step();
  if (!found.ok()) return found.status();
  if (*found) {
    return absl::AlreadyExistsError(absl::StrCat("'", name, "' was put into the spool in ",
                                                 directory_, " on ", known->Text(0)));
  }
  absl::Status status = PutIn(*batches, now);
  if (status.ok()) {
    status = database_->Run("INSERT INTO names (name, at) VALUES (?1, ?2)", name, TimeText(now));
  }
  if (status.ok()) {
    status =
        database_->Run("DELETE FROM names WHERE id <= (SELECT MAX(id) FROM names) - ?1", kMaxNames);
  }
  return status.ok() ? transaction->Commit() : status;
}

absl::Status Spool::PutIn(const std::vector<PushRequest>& batches, absl::Time now) {
  const auto state = State();
  if (!state.ok()) return state.status();
  auto batch_row = database_->Prepare(
      "INSERT INTO batches (sequence, events, bytes, spooled_at) VALUES (?1, ?2, ?3, ?4)");
  if (!batch_row.ok()) return batch_row.status();
  auto request_row = database_->Prepare("INSERT INTO requests (sequence, body) VALUES (?1, ?2)");
  if (!request_row.ok()) return request_row.status();
  std::int64_t sequence = state->next_sequence, events = 0, bytes = 0;
  for (const PushRequest& batch : batches) {
    PushRequest request = batch;
    request.set_sequence(static_cast<std::uint64_t>(sequence));
    const std::string body = request.SerializeAsString();
    const auto size = static_cast<std::int64_t>(body.size());
    const auto written =
        batch_row->Bind(sequence, request.events_size(), size, TimeText(now)).Step();
    if (!written.ok()) return written.status();
    const auto kept = request_row->Bind(sequence, Statement::Blob{body}).Step();
    if (!kept.ok()) return kept.status();
    ++sequence;
    events += request.events_size();
    bytes += size;
  }
  if (state->waiting_bytes + bytes > state->max_bytes) return Full(directory_, *state, bytes);
  return database_->Run(
      "UPDATE spool SET next_sequence = ?1, waiting_batches = waiting_batches + ?2,"
      " waiting_events = waiting_events + ?3, waiting_bytes = waiting_bytes + ?4",
      sequence, static_cast<std::int64_t>(batches.size()), events, bytes);
}

absl::StatusOr<SpoolState> Spool::State() {
  auto row = database_->Prepare(
      "SELECT department, producer, max_bytes, max_dead_letters, waiting_batches, waiting_events,"
      " waiting_bytes, next_sequence, sent_through, last_answered_sequence, last_answer_at,"
      " resumed_at, dead_letters, last_failure, last_failure_at, total_accepted, total_duplicate,"
      " total_dead_letters, lost_at, lost_from, lost_through,"
      " (SELECT spooled_at FROM batches ORDER BY sequence LIMIT 1),"
      " (SELECT at FROM dead_letters ORDER BY id LIMIT 1) FROM spool");
  if (!row.ok()) return row.status();
  const auto found = row->Step();
  if (!found.ok()) return found.status();
  if (!*found) return absl::DataLossError(absl::StrCat("the spool in ", directory_, " is empty"));
  SpoolState state;
  state.department = row->Text(0);
  state.producer = row->Text(1);
  state.max_bytes = row->Int(2);
  state.max_dead_letters = row->Int(3);
  state.waiting_batches = row->Int(4);
  state.waiting_events = row->Int(5);
  state.waiting_bytes = row->Int(6);
  state.next_sequence = row->Int(7);
  state.sent_through = row->Int(8);
  state.last_answered_sequence = row->Int(9);
  state.last_answer = ParseTimeText(row->Text(10));
  state.is_new = row->IsNull(11);
  state.dead_letters = row->Int(12);
  state.last_failure = row->Text(13);
  state.last_failure_at = ParseTimeText(row->Text(14));
  state.total_accepted = row->Int(15);
  state.total_duplicate = row->Int(16);
  state.total_dead_letters = row->Int(17);
  state.lost_at = ParseTimeText(row->Text(18));
  state.lost_from = row->Int(19);
  state.lost_through = row->Int(20);
  state.oldest_waiting = ParseTimeText(row->Text(21));
  state.oldest_dead_letter = ParseTimeText(row->Text(22));
  return state;
}

absl::Status Spool::TestWrite() {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  absl::Status status =
      database_->Run("INSERT INTO requests (sequence, body) VALUES (-1, zeroblob(?1))",
                     static_cast<std::int64_t>(kMaxBatchBytes));
  return status.ok() ? database_->WriteThrough() : status;
}

absl::StatusOr<std::vector<SpooledLetter>> Spool::DeadLetters(std::int64_t after, int limit) {
  auto row = database_->Prepare(
      "SELECT id, at, sequence, event_index, code, message, event FROM dead_letters"
      " WHERE id > ?1 ORDER BY id LIMIT ?2");
  if (!row.ok()) return row.status();
  row->Bind(after, limit);
  std::vector<SpooledLetter> letters;
  for (auto found = row->Step(); !found.ok() || *found; found = row->Step()) {
    if (!found.ok()) return found.status();
    SpooledLetter& spooled = letters.emplace_back();
    spooled.id = row->Int(0);
    spooled.at = ParseTimeText(row->Text(1)).value_or(absl::UnixEpoch());
    spooled.sequence = row->Int(2);
    spooled.letter.index = static_cast<std::uint64_t>(row->Int(3));
    spooled.letter.code = row->Text(4);
    spooled.letter.message = row->Text(5);
    if (!google::protobuf::util::JsonStringToMessage(row->Text(6), &spooled.letter.event).ok()) {
      return absl::DataLossError(absl::StrCat("the spool in ", directory_, ": dead letter ",
                                              spooled.id, " holds no event in JSON"));
    }
  }
  return letters;
}

absl::Status Spool::RemoveDeadLetters(std::int64_t through) {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  absl::Status status = database_->Run("DELETE FROM dead_letters WHERE id <= ?1", through);
  if (status.ok()) {
    status = database_->Run("UPDATE spool SET dead_letters = (SELECT COUNT(*) FROM dead_letters)");
  }
  return status.ok() ? transaction->Commit() : status;
}

absl::Status Spool::AcknowledgeLoss() {
  return database_->Run("UPDATE spool SET lost_at = NULL, lost_from = 0, lost_through = 0");
}

}  // namespace ioc::client
