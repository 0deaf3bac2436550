// The yardstick: what gRPC and Protobuf alone cost. A server that parses each batch, adds every
// value to a slot of a hash table under one lock and answers; no check, no log, no windows, nothing
// durable. Server and client are two processes, as the daemon and its load are.
//
//   bare_stream [SECONDS]    prints events per second

#include <grpcpp/grpcpp.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <semaphore>
#include <string>
#include <thread>
#include <unordered_map>
#include <vector>

#include "ioc/v1/ingest.grpc.pb.h"

namespace {

using Clock = std::chrono::steady_clock;

constexpr int kBatchEvents = 1'000;
constexpr int kPreparedBatches = 8;
constexpr int kInFlight = 64;

class BareService final : public ioc::v1::IngestService::Service {
  grpc::Status PushStream(
      grpc::ServerContext*,
      grpc::ServerReaderWriter<ioc::v1::PushResponse, ioc::v1::PushRequest>* stream) override {
    ioc::v1::PushRequest batch;
    ioc::v1::PushResponse answer;
    std::string slot;
    while (stream->Read(&batch)) {
      const std::lock_guard lock(mutex_);
      for (const ioc::v1::Event& event : batch.events()) {
        slot = event.department();
        slot += '/';
        slot += event.indicator();
        sums_[slot] += event.value();
      }
      answer.set_sequence(batch.sequence());
      answer.set_accepted(static_cast<std::uint32_t>(batch.events_size()));
      stream->Write(answer);
    }
    return grpc::Status::OK;
  }

  std::mutex mutex_;
  std::unordered_map<std::string, double> sums_;
};

ioc::v1::PushRequest PrepareBatch(int number) {
  ioc::v1::PushRequest batch;
  batch.set_department("vpubnd");
  batch.set_producer("load");
  for (int i = 0; i < kBatchEvents; ++i) {
    const int n = number * kBatchEvents + i;
    char reference[17];
    std::snprintf(reference, sizeof reference, "HS-%013d", n);
    ioc::v1::Event* event = batch.add_events();
    event->set_indicator("indicator_" + std::to_string(n % 10));
    event->set_department("unit" + std::to_string(n % 38));
    event->mutable_event_time()->set_seconds(1'700'000'000 + n % 60);
    event->mutable_event_time()->set_nanos(n % 1'000 * 1'000'000);
    event->set_value(n % 997);
    event->set_reference(reference);
  }
  return batch;
}

double EventsPerSecond(const std::string& address, int seconds) {
  auto stub = ioc::v1::IngestService::NewStub(
      grpc::CreateChannel(address, grpc::InsecureChannelCredentials()));
  std::vector<ioc::v1::PushRequest> batches;
  for (int i = 0; i < kPreparedBatches; ++i) batches.push_back(PrepareBatch(i));

  grpc::ClientContext context;
  context.set_wait_for_ready(true);
  auto stream = stub->PushStream(&context);
  std::counting_semaphore<> room(kInFlight);
  std::uint64_t acknowledged = 0;
  const auto begin = Clock::now();
  std::thread reader([&] {
    ioc::v1::PushResponse answer;
    while (stream->Read(&answer)) {
      acknowledged += answer.accepted();
      room.release();
    }
  });
  for (std::uint64_t sequence = 1; Clock::now() - begin < std::chrono::seconds(seconds);
       ++sequence) {
    room.acquire();
    ioc::v1::PushRequest& batch = batches[sequence % kPreparedBatches];
    batch.set_sequence(sequence);
    if (!stream->Write(batch)) break;
  }
  stream->WritesDone();
  reader.join();
  stream->Finish();
  return static_cast<double>(acknowledged) /
         std::chrono::duration<double>(Clock::now() - begin).count();
}

[[noreturn]] void Serve(const std::string& address) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  BareService service;
  grpc::ServerBuilder builder;
  builder.AddListeningPort(address, grpc::InsecureServerCredentials());
  builder.RegisterService(&service);
  const auto server = builder.BuildAndStart();
  if (server == nullptr) std::_Exit(1);
  server->Wait();
  std::_Exit(0);
}

}  // namespace

int main(int argc, char** argv) {
  const int seconds = argc > 1 ? std::atoi(argv[1]) : 5;
  const std::string address = "127.0.0.1:" + std::to_string(20'000 + getpid() % 10'000);
  // Forked before gRPC starts any thread.
  const pid_t server = fork();
  if (server == 0) Serve(address);
  std::printf("%.0f\n", EventsPerSecond(address, seconds));
  kill(server, SIGKILL);
  waitpid(server, nullptr, 0);
}
