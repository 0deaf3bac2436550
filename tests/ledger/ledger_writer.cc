// Writes a made-up history into a ledger: ledger_writer PATH SEED. Prints the ledger's position
// once it is open, then each position once it is durable. Runs until it is killed.
#include <cstdlib>
#include <iostream>

#include "ledger/ledger.h"
#include "random_updates.h"

int main(int argc, char** argv) {
  using namespace iocd::ledger;
  if (argc != 3) return 2;
  const auto ledger = Ledger::Open(argv[1]);
  absl::Status status = ledger.status();
  while (status.ok()) {
    const std::uint64_t position = (*ledger)->position();
    std::cout << position << std::endl;
    status = (*ledger)->Apply(RandomUpdate(std::strtoull(argv[2], nullptr, 10), position + 1));
  }
  std::cerr << status << "\n";
  return 1;
}
