#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "absl/functional/function_ref.h"
#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/types/span.h"
#include "audit/chain.h"
#include "audit/entry.h"
#include "audit/observer.h"
#include "base/file_system.h"

namespace iocd::audit {

/// The files of the audit log, open for appending. They only grow, but for the end of a line that
/// was never whole and for what a failed write left behind. One thread; nobody else writes into the
/// directory meanwhile.
class AuditWriter {
 public:
  struct Options {
    std::string directory;
    std::uint64_t file_bytes;  // a new file is begun at this size
  };

  /// What Open() found.
  struct Opened {
    std::vector<Break> breaks;     // in the newest files: the first of them
    std::uint64_t torn_bytes = 0;  // cut: an unfinished line at the end of `torn_file`
    std::string torn_file;
  };

  /// `file_system` outlives the writer.
  AuditWriter(Options options, FileSystem& file_system);

  /// To be called until it succeeds, before anything else: reads the newest
  /// limits::kAuditFilesReadAtStart files, gives their entries to `visit`, cuts an unfinished last
  /// line, and makes durable what is there. Lines that do not hold stay; the log goes on behind
  /// them. Errors are the file system's.
  absl::StatusOr<Opened> Open(absl::FunctionRef<void(const Logged&)> visit);

  /// Writes the first of `entries`, as many as go into one write, and syncs them; returns how many,
  /// at least one. After an error none of these counts, and Reopen() has to succeed before the next
  /// try, which writes the same bytes if it is given the same entries.
  absl::StatusOr<std::size_t> WriteSome(absl::Span<const Logged> entries);

  /// After an error of WriteSome(): cuts what it may have left behind and goes on in a new file,
  /// for a file of which a sync failed cannot be trusted any more.
  absl::Status Reopen();

  /// The last entry that is durable.
  const Head& head() const { return head_; }

 private:
  absl::Status GoOnBehind(const AuditFile& last, const ChainSummary& summary);
  absl::Status Secure(const std::string& path);
  absl::Status BeginFile(std::uint64_t number);

  const Options options_;
  FileSystem& file_system_;
  Head head_;
  Opened opened_;
  std::uint64_t number_ = 0;            // of the last file; 0: there is none yet
  std::uint64_t bytes_ = 0;             // of it that are durable
  std::unique_ptr<WritableFile> file_;  // the last one; nullptr: not open, or not to be trusted
};

}  // namespace iocd::audit
