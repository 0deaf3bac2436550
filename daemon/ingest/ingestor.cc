#include "ingest/ingestor.h"

#include <utility>

#include "wire/decode_push.h"
#include "wire/push_response.h"
#include "wire/resume.h"

namespace iocd::ingest {
namespace {

std::optional<Duration> IfNoRoom(const absl::Status& status, Duration retry_after) {
  if (!absl::IsResourceExhausted(status)) return std::nullopt;
  return retry_after;
}

ResumeReply Refusal(const absl::Status& why) {
  return {why, {}, IfNoRoom(why, Ingestor::kRetryAfter)};
}

}  // namespace

Ingestor::Ingestor(engine::Engine& engine, const Clock& clock, ClockGuard& clock_guard,
                   exposition::DaemonMetrics& metrics, access::QuotaKeeper& quotas,
                   audit::Recorder& recorder, Options options)
    : engine_(engine),
      clock_(clock),
      clock_guard_(clock_guard),
      metrics_(metrics),
      quotas_(quotas),
      witness_(recorder),
      options_(options) {}

void Ingestor::Push(absl::string_view request, door::CallerPtr caller, Done done) {
  Sent sent;
  const domain::SendingRights* const rights = caller->identity.rights();  // the sender keeps it
  sent.sender.caller = std::move(caller);
  if (const absl::Status ready = engine_.CheckReady(); !ready.ok()) {
    std::move(done)(Reply(sent, ready));
    return;
  }
  const auto catalogue = engine_.catalogue();
  const ClockReading now = clock_.ReadBoth();
  wire::PushHead head;
  QuotaGate gate(quotas_, request.size(), now.since_boot);
  auto batch =
      wire::DecodePush(request, {*catalogue, now.wall, options_.demo, rights, &gate}, &head);
  sent.in_flight = std::move(gate.in_flight);
  sent.retry_after = gate.retry_after;
  sent.key = std::move(head.key);
  sent.sender = witness_.Meet(std::move(sent.sender.caller), head.department, head.producer);
  if (!batch.ok()) {
    std::move(done)(Reply(sent, batch.status()));
    return;
  }
  // Only here, for the answer repeats the key that was decoded.
  if (const absl::Status doubt = clock_guard_.Check(now); !doubt.ok()) {
    std::move(done)(Reply(sent, doubt));
    return;
  }
  sent.arrival = now.wall;
  sent.events = batch->accepted + static_cast<std::uint32_t>(batch->refusals.size());
  sent.validate_only = batch->validate_only;
  engine_.Submit(*std::move(batch), [this, sent = std::move(sent), done = std::move(done)](
                                        const absl::StatusOr<engine::Answer>& answer) mutable {
    std::move(done)(Reply(sent, answer));
  });
}

PushReply Ingestor::Reply(const Sent& sent, const absl::StatusOr<engine::Answer>& answer) {
  metrics_.CountBatch(answer.status().code());
  PushReply reply;
  if (answer.ok()) {
    if (!sent.validate_only) {
      metrics_.CountEvents(*answer, sent.events);
      if (!answer->duplicate) {
        clock_guard_.Taken(sent.arrival);
        witness_.Taken(sent.sender);
      }
    }
    reply.response = wire::ToResponse(sent.key, *answer, clock_.Now());
    return reply;
  }
  witness_.Refused(sent.sender, answer.status());
  reply.status = answer.status();
  reply.response = wire::EmptyResponse(sent.key, clock_.Now());
  reply.retry_after = IfNoRoom(reply.status, sent.retry_after);
  return reply;
}

void Ingestor::Resume(const ioc::v1::ResumeRequest& request, door::CallerPtr caller,
                      ResumeDone done) {
  if (const absl::Status ready = engine_.CheckReady(); !ready.ok()) {
    return std::move(done)(Refusal(ready));
  }
  const auto department =
      wire::DecodeResume(request, *engine_.catalogue(), caller->identity.rights());
  if (!department.ok()) {
    if (absl::IsPermissionDenied(department.status())) {
      RefusedCall(std::move(caller), department.status());
    }
    return std::move(done)(Refusal(department.status()));
  }
  engine_.Ask([department = *department, producer = request.producer(),
               done = std::move(done)](absl::StatusOr<const engine::State*> state) mutable {
    if (!state.ok()) return std::move(done)(Refusal(state.status()));
    std::move(done)({{}, wire::ToResponse((*state)->ProgressOf(department, producer)), {}});
  });
}

}  // namespace iocd::ingest
