#include "base/process_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace iocd {
namespace {

std::uint64_t PageBytes() { return static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)); }

}  // namespace

std::uint64_t ResidentBytes() {
  // proc(5): all and resident pages.
  std::ifstream file("/proc/self/statm");
  std::uint64_t all = 0;
  std::uint64_t resident = 0;
  return file >> all >> resident ? resident * PageBytes() : 0;
}

std::uint64_t MemoryOfMachine() {
  const std::uint64_t machine = static_cast<std::uint64_t>(sysconf(_SC_PHYS_PAGES)) * PageBytes();
  // A process in a container sees its own group as the root. Without a bound it says "max".
  std::ifstream file("/sys/fs/cgroup/memory.max");
  std::uint64_t group = 0;
  return file >> group && group > 0 ? std::min(machine, group) : machine;
}

void ReleaseFreedMemory() { malloc_trim(0); }

}  // namespace iocd
