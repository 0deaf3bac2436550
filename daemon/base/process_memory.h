#pragma once

#include <cstdint>

namespace iocd {

/// Memory of this process that is in the machine's memory, bytes. 0 if the system does not tell.
std::uint64_t ResidentBytes();

/// Memory that this process may come to: the machine's, or that of its control group (Linux
/// cgroup v2, as containers have it) if that is less. Bytes.
std::uint64_t MemoryOfMachine();

/// Gives the system back what was freed and is kept for later. Takes some milliseconds.
void ReleaseFreedMemory();

}  // namespace iocd
