#pragma once

#include <cstdint>
#include <string>

namespace iocd::audit {

/// The end of the log: whoever keeps it elsewhere can later tell whether the end was cut.
struct Head {
  std::uint64_t seq = 0;  // of the last entry; 0: the log is empty
  std::string hash;       // of the last entry, 64 hex digits; of an empty log zeros

  friend bool operator==(const Head&, const Head&) = default;
};

/// Told how the audit log fares, for metrics and the daemon's own log. All but EntriesDropped()
/// come from the log's thread.
class Observer {
 public:
  virtual ~Observer() = default;

  /// The log is open and goes on from there. Once.
  virtual void LogOpened(const Head& /*head*/) {}
  /// The chain does not hold in the files that were read; each of `why` says where. What is there
  /// stays, and the log goes on behind it.
  virtual void ChainBroken(const std::string& /*why*/) {}
  /// That many bytes of an unfinished line were cut.
  virtual void TailCut(std::uint64_t /*bytes*/, const std::string& /*file*/) {}
  /// That many more entries are durable.
  virtual void EntriesWritten(std::uint64_t /*entries*/) {}
  /// The log could not be opened, written or synced; told once until LogRecovered(). It is tried
  /// again at each AuditLog::Tick().
  virtual void LogFailed(const std::string& /*why*/) {}
  /// All that waited is durable: after LogFailed(), once.
  virtual void LogRecovered() {}
  /// That many entries are lost: there were more than wait for the disk. From any thread.
  virtual void EntriesDropped(std::uint64_t /*entries*/) {}
  /// The head to be kept: at the first opening, once a day, at the end.
  virtual void HeadStands(const Head& /*head*/) {}
};

}  // namespace iocd::audit
