// A sender that keeps no memory: it asks the daemon where its producer stands, goes on there, and
// prints each sequence once it is answered: resuming_sender TARGET DEPARTMENT UNIX_SECONDS [LAST].
// UNIX_SECONDS is the time of every event. Runs until it is killed, or LAST is answered.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>

#include "absl/time/clock.h"
#include "ioc/client/channel.h"
#include "ioc/client/publisher.h"
#include "ioc/client/resume.h"
#include "numbered_batches.h"

namespace ioc::client {
namespace {

[[noreturn]] void Complain(const std::string& what) {
  std::cerr << "resuming_sender: " << what << std::endl;
  std::_Exit(1);
}

std::uint64_t WhereToGoOn(const std::string& target, const std::string& department) {
  const auto channel = Connect(target);
  while (true) {
    const auto answer = Resume(channel, department, kProducer, absl::Seconds(5));
    if (answer.ok() && answer->gaps_size() == 0) return answer->last_sequence() + 1;
    if (answer.ok()) Complain("there is a gap: " + answer->ShortDebugString());
    if (!absl::IsUnavailable(answer.status())) Complain(answer.status().ToString());
    absl::SleepFor(absl::Milliseconds(20));
  }
}

void Send(const std::string& target, const std::string& department, std::int64_t event_time,
          std::uint64_t last) {
  PublisherOptions options;
  options.max_in_flight = 4;
  options.backoff.maximum = absl::Milliseconds(200);
  options.on_answer = [](const Answer& answer) {
    if (!answer.status.ok()) Complain(answer.status.ToString());
    if (answer.response.accepted() != kEventsOfABatch) Complain(answer.response.ShortDebugString());
    std::cout << answer.sequence << std::endl;
  };
  std::uint64_t sequence = WhereToGoOn(target, department);
  Publisher publisher(target, options);
  for (; sequence <= last; ++sequence) {
    const absl::Status status =
        publisher.PublishBatch(NumberedBatch(department, sequence, event_time));
    if (!status.ok()) Complain(status.ToString());
  }
  const absl::Status closed = publisher.Close();
  if (!closed.ok()) Complain(closed.ToString());
}

}  // namespace
}  // namespace ioc::client

int main(int argc, char** argv) {
  if (argc != 4 && argc != 5) return 2;
  const std::uint64_t last =
      argc == 5 ? std::strtoull(argv[4], nullptr, 10) : std::numeric_limits<std::uint64_t>::max();
  ioc::client::Send(argv[1], argv[2], std::strtoll(argv[3], nullptr, 10), last);
}
