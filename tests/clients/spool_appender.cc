// Puts numbered events into a spool, one after another, and prints each number once it is durable:
// spool_appender DIRECTORY FIRST. Runs until it is killed.
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <string>

#include "ioc/client/spool.h"

int main(int argc, char** argv) {
  if (argc != 3) return 2;
  auto spool = ioc::client::Spool::OpenOrMake(
      {.directory = argv[1], .department = "stp", .producer = "mot-cua"}, absl::UnixEpoch());
  if (!spool.ok()) {
    std::cerr << spool.status() << "\n";
    return 1;
  }
  for (std::uint64_t number = std::strtoull(argv[2], nullptr, 10);; ++number) {
    ioc::v1::Event event;
    event.set_indicator("dossiers_received");
    event.set_value(1);
    event.set_reference(std::to_string(number));
    const absl::Status status = (*spool)->AppendOnce(event.reference(), {event}, absl::UnixEpoch());
    if (!status.ok() && !absl::IsAlreadyExists(status)) {
      std::cerr << status << "\n";
      return 1;
    }
    std::cout << number << std::endl;
  }
}
