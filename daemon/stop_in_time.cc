#include "stop_in_time.h"

#include <condition_variable>
#include <future>
#include <memory>
#include <mutex>
#include <thread>

namespace iocd {
namespace {

/// gRPC calls under way get this long; with the HTTP server's patience below the 10 s in which the
/// daemon ends.
constexpr Duration kGrpcPatience = Duration::Seconds(3);
/// And, once they are cancelled, this long to notice.
constexpr std::chrono::milliseconds kCancelPatience{500};

}  // namespace

bool StopInTime(ingest::GrpcServer& server) {
  auto stopped = std::make_shared<std::promise<void>>();
  const std::future<void> end = stopped->get_future();
  std::thread([&server, stopped] {
    server.Stop(kGrpcPatience);
    stopped->set_value();
  }).detach();
  const std::chrono::nanoseconds patience(kGrpcPatience.nanos);
  return end.wait_for(patience + kCancelPatience) == std::future_status::ready;
}

void StopInTime(engine::Engine& engine, std::chrono::steady_clock::time_point deadline) {
  std::mutex mutex;
  std::condition_variable stopped;
  bool is_stopped = false;
  std::thread hurry([&] {
    std::unique_lock<std::mutex> lock(mutex);
    if (!stopped.wait_until(lock, deadline, [&] { return is_stopped; })) engine.HurryStop();
  });
  engine.Stop();
  {
    const std::lock_guard<std::mutex> lock(mutex);
    is_stopped = true;
  }
  stopped.notify_one();
  hurry.join();
}

}  // namespace iocd
