// Puts numbered events into a spool, one after another, and prints each number once it is durable:
// spool_appender DIRECTORY UNIX_SECONDS FIRST [LAST]. UNIX_SECONDS is the time of every event. Runs
// until it is killed, or has put in LAST.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <limits>

#include "ioc/client/spool.h"
#include "numbered_batches.h"

int main(int argc, char** argv) {
  using namespace ioc::client;
  if (argc != 4 && argc != 5) return 2;
  const std::int64_t event_time = std::strtoll(argv[2], nullptr, 10);
  const absl::Time now = absl::FromUnixSeconds(event_time);
  auto spool =
      Spool::OpenOrMake({.directory = argv[1], .department = "stp", .producer = kProducer}, now);
  if (!spool.ok()) {
    std::cerr << spool.status() << "\n";
    return 1;
  }
  const std::uint64_t last =
      argc == 5 ? std::strtoull(argv[4], nullptr, 10) : std::numeric_limits<std::uint64_t>::max();
  for (std::uint64_t number = std::strtoull(argv[3], nullptr, 10); number <= last; ++number) {
    absl::Status status;
    do {  // while others hold the spool, which on a busy machine may be for long
      status = (*spool)->AppendOnce(std::to_string(number),
                                    {NumberedEvent(kCounted, number, event_time)}, now);
    } while (absl::IsUnavailable(status));
    if (!status.ok() && !absl::IsAlreadyExists(status)) {
      std::cerr << status << "\n";
      return 1;
    }
    std::cout << number << std::endl;
  }
}
