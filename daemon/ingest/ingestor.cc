#include "ingest/ingestor.h"

#include <utility>

#include "wire/decode_push.h"
#include "wire/push_response.h"

namespace iocd::ingest {

Ingestor::Ingestor(engine::Engine& engine, const Clock& clock, exposition::DaemonMetrics& metrics,
                   Options options)
    : engine_(engine), clock_(clock), metrics_(metrics), options_(options) {}

void Ingestor::Push(absl::string_view request, Done done) {
  Sent sent;
  if (const absl::Status ready = engine_.CheckReady(); !ready.ok()) {
    std::move(done)(Reply(sent, ready));
    return;
  }
  const auto catalogue = engine_.catalogue();
  auto batch = wire::DecodePush(request, {*catalogue, clock_.Now(), options_.demo}, &sent.key);
  if (!batch.ok()) {
    std::move(done)(Reply(sent, batch.status()));
    return;
  }
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
    if (!sent.validate_only) metrics_.CountEvents(*answer, sent.events);
    reply.response = wire::ToResponse(sent.key, *answer, clock_.Now());
    return reply;
  }
  reply.status = answer.status();
  reply.response = wire::EmptyResponse(sent.key, clock_.Now());
  if (absl::IsResourceExhausted(reply.status)) reply.retry_after = kRetryAfter;
  return reply;
}

}  // namespace iocd::ingest
