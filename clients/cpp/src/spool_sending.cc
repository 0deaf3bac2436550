// What the one sender asks of a spool.
#include <algorithm>
#include <limits>
#include <utility>

#include "absl/strings/str_cat.h"
#include "google/protobuf/util/json_util.h"
#include "ioc/client/spool.h"
#include "spool_file.h"
#include "sqlite.h"

namespace ioc::client {

using ioc::v1::PushRequest;

namespace {

/// Of the numbers that SQLite and the daemon can both hold, some are left for batches to come.
constexpr std::uint64_t kHighestSequence = std::numeric_limits<std::int64_t>::max() / 2;

constexpr char kDoubtful[] =
    "the spool was restored from an older copy, and the daemon took a batch of this number so long "
    "ago that it no longer knows whether it was this one";

absl::StatusOr<PushRequest> ParseBody(const std::string& directory, std::int64_t sequence,
                                      const std::string& body) {
  PushRequest request;
  if (request.ParseFromString(body)) return request;
  return absl::DataLossError(
      absl::StrCat("the spool in ", directory, ": batch ", sequence, " is no PushRequest"));
}

}  // namespace

absl::StatusOr<bool> Spool::Resume(std::uint64_t last_sequence, absl::Time now) {
  if (last_sequence > kHighestSequence) {
    return absl::OutOfRangeError(
        absl::StrCat("the daemon has taken sequence ", last_sequence, " of producer '", producer_,
                     "'; there are no numbers above it. Take another producer's name"));
  }
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  const auto state = State();
  if (!state.ok()) return state.status();
  const auto last = static_cast<std::int64_t>(last_sequence);
  const bool unknown_to_us = last > state->sent_through;
  absl::Status status =
      database_->Run("UPDATE spool SET resumed_at = ?1 WHERE resumed_at IS NULL", TimeText(now));
  if (status.ok() && last < state->last_answered_sequence) status = NoteLossAbove(last, now);
  if (status.ok() && unknown_to_us && state->is_new) status = NumberAbove(last);
  if (status.ok() && unknown_to_us && !state->is_new) {
    status = database_->Run(
        "UPDATE spool SET doubtful_through = ?1, next_sequence = MAX(next_sequence, ?1 + 1)", last);
  }
  if (status.ok()) status = transaction->Commit();
  if (!status.ok()) return status;
  return unknown_to_us;
}

absl::Status Spool::NoteLossAbove(std::int64_t last, absl::Time now) {
  return database_->Run(
      "UPDATE spool SET lost_from = CASE WHEN lost_at IS NULL THEN ?1 + 1 ELSE MIN(lost_from, ?1 + "
      "1)"
      " END, lost_through = MAX(lost_through, last_answered_sequence), lost_at = ?2,"
      " last_answered_sequence = ?1",
      last, TimeText(now));
}

absl::Status Spool::NumberAbove(std::int64_t last) {
  // The highest first: no two batches ever have the same number.
  auto rows = database_->Prepare("SELECT sequence FROM batches ORDER BY sequence DESC");
  if (!rows.ok()) return rows.status();
  std::vector<std::int64_t> sequences;
  for (auto found = rows->Step(); !found.ok() || *found; found = rows->Step()) {
    if (!found.ok()) return found.status();
    sequences.push_back(rows->Int(0));
  }
  for (const std::int64_t sequence : sequences) {
    if (absl::Status status = Renumber(sequence, sequence + last); !status.ok()) return status;
  }
  return database_->Run("UPDATE spool SET next_sequence = next_sequence + ?1", last);
}

absl::Status Spool::MoveToTheEnd(std::int64_t sequence) {
  const auto next = database_->Number("SELECT next_sequence FROM spool");
  if (!next.ok()) return next.status();
  if (absl::Status status = Renumber(sequence, *next); !status.ok()) return status;
  return database_->Run("UPDATE spool SET next_sequence = next_sequence + 1");
}

absl::Status Spool::Renumber(std::int64_t from, std::int64_t to) {
  auto row = database_->Prepare("SELECT body FROM requests WHERE sequence = ?1");
  if (!row.ok()) return row.status();
  const auto found = row->Bind(from).Step();
  if (!found.ok()) return found.status();
  const std::string old_body = row->Text(0);
  auto request = ParseBody(directory_, from, old_body);
  if (!request.ok()) return request.status();
  request->set_sequence(static_cast<std::uint64_t>(to));
  const std::string body = request->SerializeAsString();
  const auto bytes = static_cast<std::int64_t>(body.size());
  absl::Status status =
      database_->Run("UPDATE requests SET sequence = ?1, body = ?2 WHERE sequence = ?3", to,
                     Statement::Blob{body}, from);
  if (status.ok()) {
    status = database_->Run("UPDATE batches SET sequence = ?1, bytes = ?2 WHERE sequence = ?3", to,
                            bytes, from);
  }
  if (!status.ok()) return status;
  return database_->Run("UPDATE spool SET waiting_bytes = waiting_bytes + ?1",
                        bytes - static_cast<std::int64_t>(old_body.size()));
}

absl::StatusOr<std::vector<PushRequest>> Spool::TakeToSend(std::int64_t after, int max_batches,
                                                           std::int64_t max_bytes) {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  auto row = database_->Prepare(
      "SELECT sequence, body FROM requests WHERE sequence > ?1 ORDER BY sequence LIMIT ?2");
  if (!row.ok()) return row.status();
  row->Bind(after, max_batches);
  std::vector<PushRequest> requests;
  std::int64_t last = 0, bytes = 0;
  for (auto found = row->Step(); !found.ok() || *found; found = row->Step()) {
    if (!found.ok()) return found.status();
    const std::string body = row->Text(1);
    bytes += static_cast<std::int64_t>(body.size());
    if (!requests.empty() && bytes > max_bytes) break;
    auto request = ParseBody(directory_, row->Int(0), body);
    if (!request.ok()) return request.status();
    requests.push_back(*std::move(request));
    last = row->Int(0);
  }
  absl::Status status =
      database_->Run("UPDATE spool SET sent_through = ?1 WHERE sent_through < ?1", last);
  if (status.ok()) status = transaction->Commit();
  if (!status.ok()) return status;
  return requests;
}

absl::Status Spool::Settle(const std::vector<Answer>& answers, absl::Time now) {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  for (const Answer& answer : answers) {
    absl::Status status = SettleOne(answer, now);
    if (!status.ok()) return status;
  }
  absl::Status status = database_->Run(
      "UPDATE spool SET last_answer_at = ?1, last_failure = NULL, last_failure_at = NULL",
      TimeText(now));
  return status.ok() ? transaction->Commit() : status;
}

absl::Status Spool::SettleOne(const Answer& answer, absl::Time now) {
  const auto sequence = static_cast<std::int64_t>(answer.sequence);
  auto row =
      database_->Prepare("SELECT body, doubtful_through FROM requests, spool WHERE sequence = ?1");
  if (!row.ok()) return row.status();
  const auto found = row->Bind(sequence).Step();
  if (!found.ok() || !*found) return found.status();
  const auto request = ParseBody(directory_, sequence, row->Text(0));
  if (!request.ok()) return request.status();
  const bool doubtful = sequence <= row->Int(1);
  if (doubtful && answer.status.code() == absl::StatusCode::kAlreadyExists) {
    return MoveToTheEnd(sequence);
  }
  const bool expired = answer.status.ok() && answer.response.answer_expired();
  std::vector<DeadLetter> letters = DeadLettersOf(*request, answer.status, answer.response);
  if (expired && doubtful) {
    for (DeadLetter& letter : letters) letter.message = kDoubtful;
  }
  absl::Status status = Keep(letters, sequence, now);
  if (status.ok()) status = Remove(sequence);
  if (!status.ok()) return status;
  const std::int64_t counted = answer.status.ok() && !expired ? answer.response.accepted() : 0;
  const bool duplicate = answer.response.duplicate();
  return database_->Run(
      "UPDATE spool SET last_answered_sequence = MAX(last_answered_sequence, ?1),"
      " total_accepted = total_accepted + ?2, total_duplicate = total_duplicate + ?3",
      answer.status.ok() ? sequence : 0, duplicate ? 0 : counted, duplicate ? counted : 0);
}

absl::Status Spool::Remove(std::int64_t sequence) {
  absl::Status status = database_->Run(
      "UPDATE spool SET waiting_batches = waiting_batches - 1,"
      " waiting_events = waiting_events - (SELECT events FROM batches WHERE sequence = ?1),"
      " waiting_bytes = waiting_bytes - (SELECT bytes FROM batches WHERE sequence = ?1)",
      sequence);
  if (status.ok()) status = database_->Run("DELETE FROM batches WHERE sequence = ?1", sequence);
  if (!status.ok()) return status;
  return database_->Run("DELETE FROM requests WHERE sequence = ?1", sequence);
}

absl::Status Spool::Keep(const std::vector<DeadLetter>& letters, std::int64_t sequence,
                         absl::Time now) {
  if (letters.empty()) return absl::OkStatus();
  auto row = database_->Prepare(
      "INSERT INTO dead_letters (at, sequence, event_index, code, message, event)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6)");
  if (!row.ok()) return row.status();
  for (const DeadLetter& letter : letters) {
    std::string event;
    if (!google::protobuf::util::MessageToJsonString(letter.event, &event).ok()) {
      return absl::DataLossError(absl::StrCat("the spool in ", directory_, ": batch ", sequence,
                                              ": event ", letter.index, " has no form in JSON"));
    }
    const auto kept = row->Bind(TimeText(now), sequence, static_cast<std::int64_t>(letter.index),
                                letter.code, letter.message, event)
                          .Step();
    if (!kept.ok()) return kept.status();
  }
  return database_->Run(
      "UPDATE spool SET dead_letters = dead_letters + ?1,"
      " total_dead_letters = total_dead_letters + ?1",
      static_cast<std::int64_t>(letters.size()));
}

absl::Status Spool::NoteFailure(const absl::Status& failure, absl::Time now) {
  auto transaction = Transaction::Begin(*database_);
  if (!transaction.ok()) return transaction.status();
  const std::string words =
      absl::StrCat(absl::StatusCodeToString(failure.code()), ": ", failure.message());
  absl::Status status = database_->Run("UPDATE spool SET last_failure = ?1, last_failure_at = ?2",
                                       words, TimeText(now));
  if (status.ok()) {
    status = database_->Run(
        "UPDATE batches SET tries = tries + 1, last_error = ?1"
        " WHERE sequence <= (SELECT sent_through FROM spool)",
        words);
  }
  return status.ok() ? transaction->Commit() : status;
}

}  // namespace ioc::client
