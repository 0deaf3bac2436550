#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "audit/audit_files.h"
#include "audit/line.h"
#include "base/file_system.h"

namespace iocd::audit {

/// A place where the chain does not hold.
struct Break {
  std::string file;
  std::uint64_t line = 0;  // from 1
  std::string what;        // what it means, a sentence without its full stop

  std::string ToText() const;
};

/// What a walk meets, in the order of the log.
class ChainVisitor {
 public:
  virtual ~ChainVisitor() = default;
  /// A line that has its form, whether or not the chain holds there; without its newline.
  virtual void OnLine(const Link& /*link*/, absl::string_view /*line*/) {}
  /// Comes before the line where it is met.
  virtual void OnBreak(const Break& /*at*/) {}
  /// So many bytes of all have been read.
  virtual void OnProgress(std::uint64_t /*done*/, std::uint64_t /*of*/) {}
};

/// What was walked over.
struct ChainSummary {
  std::uint64_t files = 0, bytes = 0, lines = 0, breaks = 0;
  Head head;                     // of the last line that has its form
  std::uint64_t last_bytes = 0;  // of the last file, up to the end of its last whole line
  std::uint64_t torn_bytes = 0;  // behind that: a line that is not whole
  bool ends_broken = false;      // the last whole line does not have its form
};

/// Reads `files`, which follow each other, and holds each line against the one before.
/// `from_start`: the first line has to be the first of the log. Changes nothing. Errors are the
/// file system's.
absl::StatusOr<ChainSummary> WalkChain(FileSystem& file_system, const std::vector<AuditFile>& files,
                                       bool from_start, ChainVisitor& visitor);

}  // namespace iocd::audit
