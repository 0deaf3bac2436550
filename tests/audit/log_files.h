#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "audit/chain.h"
#include "audit/entry.h"
#include "base/file_system.h"

namespace iocd::audit {

inline constexpr char kDirectory[] = "/data/audit";
inline constexpr Timestamp kNow = Timestamp::FromSeconds(1'732'000'000);

/// An entry that is told from others by its number.
Logged NumberedEntry(int number);

/// What WalkChain() says of the whole log in kDirectory.
struct Walked {
  ChainSummary summary;
  std::vector<Logged> entries;
  std::vector<Break> breaks;

  /// The numbers of the entries that NumberedEntry() made.
  std::vector<int> Numbers() const;
};
Walked WalkAll(FileSystem& file_system);

}  // namespace iocd::audit
