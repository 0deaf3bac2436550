#include "iocsim/unary_load.h"

#include <chrono>
#include <utility>

#include "grpcpp/client_context.h"
#include "grpcpp/completion_queue.h"
#include "grpcpp/generic/generic_stub.h"
#include "iocsim/pacer.h"

namespace iocsim {
namespace {

using std::chrono::steady_clock;
using std::chrono::system_clock;

struct Call {
  grpc::ClientContext context;
  std::unique_ptr<grpc::GenericClientAsyncResponseReader> reader;
  grpc::ByteBuffer answer;
  grpc::Status status;
  SteadyTime due;
};

}  // namespace

std::chrono::duration<double> RunUnaryLoad(const std::shared_ptr<grpc::Channel>& channel,
                                           const LoadOptions& options, std::vector<Sender> senders,
                                           LoadTemplates& templates, LoadResult& result) {
  grpc::GenericStub stub(channel);
  grpc::CompletionQueue queue;
  const std::string method = "/ioc.v1.IngestService/Push";
  const SteadyTime start = steady_clock::now();
  Pacer pacer(options, start);
  std::size_t pending = 0, turn = 0;
  for (;;) {
    const SteadyTime now = steady_clock::now();
    std::optional<SteadyTime> due = pacer.NextDue(now);
    while (due.has_value() && *due <= now && pending < options.in_flight) {
      auto* call = new Call;  // deleted when its tag comes back
      call->due = *due;
      call->reader =
          stub.PrepareUnaryCall(&call->context, method,
                                senders[turn++ % senders.size()].NextRequest(
                                    templates, system_clock::to_time_t(system_clock::now())),
                                &queue);
      call->reader->StartCall();
      call->reader->Finish(&call->answer, &call->status, call);
      ++pending;
      pacer.CountSent();
      due = pacer.NextDue(now);
    }
    if (!due.has_value() && pending == 0) break;
    const bool full = pending >= options.in_flight || !due.has_value();
    const auto wait = full ? steady_clock::duration(std::chrono::milliseconds(100)) : *due - now;
    void* tag = nullptr;
    bool ok = false;
    const auto deadline =
        system_clock::now() + std::chrono::duration_cast<system_clock::duration>(wait);
    if (queue.AsyncNext(&tag, &ok, deadline) != grpc::CompletionQueue::GOT_EVENT) continue;
    const std::unique_ptr<Call> call(static_cast<Call*>(tag));
    --pending;
    if (call->status.ok()) {
      result.AddAnswer(call->answer, steady_clock::now() - call->due);
    } else {
      result.AddFailure(call->status.error_message());
    }
  }
  return steady_clock::now() - start;
}

}  // namespace iocsim
