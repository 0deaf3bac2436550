#include "wire/decode_push.h"

#include <string>
#include <utility>
#include <variant>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "base/utf8.h"
#include "domain/admission.h"
#include "wire/push_request_view.h"
#include "wire/sender.h"

namespace iocd::wire {
namespace {

absl::Status Invalid(absl::string_view message) { return absl::InvalidArgumentError(message); }

absl::Status CheckKey(const eventlog::BatchKey& key) {
  if (const auto* sequence = std::get_if<eventlog::Sequence>(&key); sequence && *sequence == 0) {
    return Invalid("sequence is 0: sequences count from 1");
  }
  if (const auto* id = std::get_if<std::string>(&key)) {
    if (id->empty()) return Invalid("batch_id is empty: give it a text, or leave it out");
    const std::size_t characters = CountCharacters(*id);
    if (characters > limits::kMaxBatchIdCharacters) {
      return Invalid(absl::StrCat("batch_id has ", characters, " characters; at most ",
                                  limits::kMaxBatchIdCharacters, " are allowed"));
    }
  }
  return absl::OkStatus();
}

/// The rules of the whole call that need no look at the events. Returns the sender.
absl::StatusOr<const domain::Department*> CheckCall(const PushRequestView& view,
                                                    const PushContext& context) {
  auto sender = FindSender(context.catalogue, view.department(), context.rights);
  if (!sender.ok()) return sender;
  if (absl::Status status = CheckProducer(view.producer()); !status.ok()) return status;
  if (absl::Status status = CheckKey(view.key()); !status.ok()) return status;
  if (view.event_count() > limits::kMaxBatchEvents) {
    return Invalid(absl::StrCat("the batch has ", view.event_count(), " events; at most ",
                                limits::kMaxBatchEvents, " are allowed: split it"));
  }
  if (view.simulated() && !context.demo) {
    return absl::FailedPreconditionError(
        "the batch is marked simulated; only a daemon that runs with --demo takes such batches");
  }
  if (context.gate != nullptr) {
    absl::Status admitted = context.gate->Admit((*sender)->code, view.event_count());
    if (!admitted.ok()) return admitted;
  }
  return sender;
}

/// Refusals of one batch; the messages of all of them stay within limits::kMaxRefusalTextBytes, but
/// for a short sentence each.
class Refusals {
 public:
  void Add(std::uint32_t index, domain::Objection objection) {
    text_bytes_ += objection.message.size();
    if (text_bytes_ > limits::kMaxRefusalTextBytes) {
      objection.message = "see the code; earlier refusals of this batch say more";
    }
    list_.push_back({index, objection.code, std::move(objection.message)});
  }
  std::vector<domain::Refusal> Take() && { return std::move(list_); }

 private:
  std::vector<domain::Refusal> list_;
  std::size_t text_bytes_ = 0;  // as it would be without the limit
};

/// What a repeat must have in common with the first sending. A trial and the real sending of one
/// batch are the same, so `validate_only` is left out.
eventlog::ContentHash HashOf(absl::string_view request, const PushRequestView& view) {
  const absl::string_view field = view.validate_only_field();
  if (field.empty()) return eventlog::HashContent(request);
  const std::size_t offset = field.data() - request.data();
  return eventlog::HashContent(
      absl::StrCat(request.substr(0, offset), request.substr(offset + field.size())));
}

}  // namespace

absl::StatusOr<engine::Batch> DecodePush(absl::string_view request, const PushContext& context,
                                         PushHead* head) {
  *head = {};
  if (request.size() > limits::kMaxBatchBytes) {
    return Invalid(absl::StrCat("the batch is ", request.size(), " bytes; at most ",
                                limits::kMaxBatchBytes, " (4 MiB) are allowed: split it"));
  }
  auto view = PushRequestView::Parse(request);
  if (!view.ok()) return view.status();
  *head = {view->key(), view->department(), view->producer()};
  auto sender = CheckCall(*view, context);
  if (!sender.ok()) return sender.status();

  engine::Batch batch;
  batch.department = (*sender)->id;
  batch.producer = std::string(view->producer());
  batch.key = view->key();
  batch.content = HashOf(request, *view);
  batch.arrival = context.now;
  batch.validate_only = view->validate_only();

  eventlog::BatchRecordBuilder builder(
      {context.now, batch.department, batch.producer, batch.key, batch.content, view->simulated()},
      view->event_count());
  Refusals refusals;
  const absl::Status status =
      view->ForEachEvent([&](std::uint32_t index, const domain::RawEvent& event) {
        auto admitted =
            domain::Admit(context.catalogue, **sender, event, context.now, context.rights);
        if (const auto* accepted = std::get_if<domain::Event>(&admitted)) {
          const std::uint32_t flags_offset = builder.Add(*accepted);
          if (accepted->counts_once) {
            batch.references.push_back(
                {flags_offset, accepted->series.department, engine::ReferenceKey(*accepted)});
          }
        } else {
          refusals.Add(index, std::get<domain::Objection>(std::move(admitted)));
        }
      });
  if (!status.ok()) return status;
  batch.accepted = builder.EventCount();
  batch.refusals = std::move(refusals).Take();
  batch.record = std::move(builder).Finish(batch.refusals);
  return batch;
}

}  // namespace iocd::wire
