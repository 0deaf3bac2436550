#pragma once

#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "account.h"
#include "ioc/client/spool.h"
#include "numbering_program.h"
#include "progress.h"
#include "unruly_sender.h"

namespace ioc::client {

/// All sorts of senders that keep a daemon busy at a time, each for a department of its own: unruly
/// ones with sequences, with refusals, with batch ids, and with references that come again; a
/// process that keeps no memory; and a spool, into which one process puts events and from which
/// another sends them. The three processes can be killed. For one thread.
class SenderCrowd {
 public:
  enum class Process { kWithoutMemory, kAppender, kSpoolSender };

  /// Departments and indicators that the daemon's catalogue must have.
  static const char* Catalogue();

  /// The senders begin when a daemon serves at `target`; `directory` holds their files.
  SenderCrowd(const std::string& target, const std::string& directory, std::uint32_t seed);
  ~SenderCrowd();

  /// Waits until the process has got so much further, and has then made so many reads and writes,
  /// kills it, and starts it again.
  void KillAndRestart(Process process, std::uint64_t progress, std::uint64_t calls);

  /// Lets every sender come to an end: nothing is begun, everything that was is acknowledged.
  void Finish();

  /// Waits until the daemon has acknowledged so many batches more.
  void AwaitAcknowledged(std::uint64_t more) { acknowledged_.Await(more); }
  std::uint64_t acknowledged() const { return acknowledged_.count(); }

  struct Member {
    Account account;
    std::unique_ptr<UnrulySender> unruly;  // of an unruly one
    std::uint64_t batches = 0;             // after Finish(): 1 to this were acknowledged
  };
  const std::vector<Member>& members() const { return members_; }

  /// What the daemon must have of a member now, in batches.
  std::uint64_t AcknowledgedOf(const Member& member) const;
  /// ... and the most that it can have.
  std::uint64_t SentOf(const Member& member) const;

  /// After Finish(): how the spool stands, and what its senders said.
  SpoolState SpoolStateNow() const;
  std::string SpoolSenderLog() const;

 private:
  void AddUnruly(Account account, int connections, std::uint32_t seed);
  void StartAppender();
  void StartSpoolSender();
  void KillSpoolSender(std::uint64_t calls = 0);
  /// Events of the spool for which an answer is filed.
  std::uint64_t Filed() const;
  void AwaitFiled(std::uint64_t more);

  const std::string target_, spool_directory_, spool_log_;
  const std::int64_t event_seconds_;
  Progress acknowledged_;  // over all members
  Progress resumed_, appended_;
  std::vector<Member> members_;
  NumberingProgram resuming_, appender_;
  std::unique_ptr<Spool> spool_;  // to look into it
  pid_t spool_sender_ = -1;
};

}  // namespace ioc::client
