#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ioc/client/dead_letter.h"
#include "ioc/client/publisher.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

class Database;

struct SpoolOptions {
  /// Holds spool.db; made with its parents if it is not there. On a local disk.
  std::string directory;
  /// Whose batches these are. Fixed when the spool is made.
  std::string department, producer;
  /// Fixed when the spool is made. Bytes of requests that may wait, and refused events that are
  /// kept before sending stops.
  std::int64_t max_bytes = 256 * 1024 * 1024;
  std::int64_t max_dead_letters = 100'000;
};

/// How a spool stands.
struct SpoolState {
  std::string department, producer;
  std::int64_t max_bytes = 0, max_dead_letters = 0;
  std::int64_t waiting_batches = 0, waiting_events = 0, waiting_bytes = 0;
  std::optional<absl::Time> oldest_waiting;  // when it was put in
  std::int64_t next_sequence = 1;            // of the next batch that is put in
  std::int64_t sent_through = 0;             // no higher sequence was ever sent
  /// The highest that the daemon has taken, by its answers, and when any answer came last.
  std::int64_t last_answered_sequence = 0;
  std::optional<absl::Time> last_answer;
  /// True: it was never told where its producer stands (Spool::Resume), so it has sent nothing.
  bool is_new = true;
  /// When a daemon that was asked had less than had been confirmed, and the batches that it lacked;
  /// until AcknowledgeLoss().
  std::optional<absl::Time> lost_at;
  std::int64_t lost_from = 0, lost_through = 0;
  std::int64_t dead_letters = 0;
  std::optional<absl::Time> oldest_dead_letter;
  /// What the last try met, if no answer has come since.
  std::string last_failure;
  std::optional<absl::Time> last_failure_at;
  /// Since the spool was made.
  std::int64_t total_accepted = 0, total_duplicate = 0, total_dead_letters = 0;
};

/// A dead letter as the spool keeps it.
struct SpooledLetter {
  std::int64_t id = 0;  // ascending
  absl::Time at;
  std::int64_t sequence = 0;  // of the batch; `letter.index` is the event's place in it
  DeadLetter letter;
};

/// Batches of one producer that wait on disk until the daemon has answered them: what a system puts
/// in is sent once the daemon, the line and this machine allow, and counts once (SpoolSender sends
/// it). docs/spool.md describes the file.
///
/// Each change is one transaction; OK means that it is durable and survives a loss of power. After
/// an error nothing has changed, except where the disk itself refused: then a change may appear
/// after all (AppendOnce() can be repeated safely). Many processes may use one spool at a time; a
/// Spool is used by one thread at a time. Errors are sentences; beside those named, Unavailable
/// (another program holds the file for too long, the disk refused), ResourceExhausted (the disk is
/// full), PermissionDenied, DataLoss (the file is damaged).
class Spool {
 public:
  /// Opens the spool of options.directory; makes it if there is none. InvalidArgument: no
  /// department, or no producer of at most 64 bytes. FailedPrecondition: it belongs to another
  /// producer, or its format is newer than this program.
  static absl::StatusOr<std::unique_ptr<Spool>> OpenOrMake(const SpoolOptions& options,
                                                           absl::Time now);
  /// Opens a spool that exists. NotFound; FailedPrecondition as above.
  static absl::StatusOr<std::unique_ptr<Spool>> Open(const std::string& directory);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  /// Puts events in as one batch, or as many as 10,000 events and 4 MiB a batch ask for; all of
  /// them or none. InvalidArgument: an event that no daemon could read. ResourceExhausted: more
  /// than max_bytes would wait.
  absl::Status Append(const std::vector<ioc::v1::Event>& events, absl::Time now);
  /// The same, once for each name: AlreadyExists if events were put in under it before. The newest
  /// 100,000 names are known.
  absl::Status AppendOnce(const std::string& name, const std::vector<ioc::v1::Event>& events,
                          absl::Time now);

  absl::StatusOr<SpoolState> State();
  /// Writes as much as a batch may have and rolls it back: whether the spool can be written now.
  absl::Status TestWrite();

  /// Up to `limit` dead letters with an id above `after`, in the order in which they came.
  absl::StatusOr<std::vector<SpooledLetter>> DeadLetters(std::int64_t after, int limit);
  /// Removes dead letters up to this id.
  absl::Status RemoveDeadLetters(std::int64_t through);

  /// Somebody has dealt with what a daemon had lost (SpoolState::lost_at).
  absl::Status AcknowledgeLoss();

  // For the one sender.

  /// Takes note of where the daemon says that the producer stands. If it has less than it had
  /// confirmed, that stays in the state until somebody acknowledges it. If it has taken sequences
  /// that this spool never sent, the spool was made anew or restored from an old copy: the next
  /// batch gets a number above them. A new spool's batches, which were never sent, are numbered
  /// anew; a restored one's keep theirs, for they may be the ones that the daemon has (see Settle).
  /// Returns true if numbers were left out. OutOfRange: the numbers are used up.
  absl::StatusOr<bool> Resume(std::uint64_t last_sequence, absl::Time now);

  /// The next batches with a sequence above `after`, in order: at most `max_batches`, and not more
  /// than `max_bytes` unless the first alone has more. That they may have been sent is durable when
  /// this returns.
  absl::StatusOr<std::vector<ioc::v1::PushRequest>> TakeToSend(std::int64_t after, int max_batches,
                                                               std::int64_t max_bytes);

  /// Files final answers, all in one transaction: batches leave, what is not counted goes to the
  /// dead letters. Answers to batches that do not wait change nothing. A batch of a restored spool
  /// that met other content under its number (Resume) goes to the end, under a new number.
  absl::Status Settle(const std::vector<Answer>& answers, absl::Time now);

  /// Notes what a try of all batches in flight met.
  absl::Status NoteFailure(const absl::Status& failure, absl::Time now);

  const std::string& directory() const { return directory_; }

 private:
  Spool(std::string directory, std::unique_ptr<Database> database);

  static absl::StatusOr<std::unique_ptr<Spool>> Adopt(const std::string& directory,
                                                      std::unique_ptr<Database> database);

  // Parts of a transaction.
  absl::Status PutIn(const std::vector<ioc::v1::PushRequest>& batches, absl::Time now);
  absl::Status NoteLossAbove(std::int64_t last, absl::Time now);
  absl::Status NumberAbove(std::int64_t last);
  absl::Status MoveToTheEnd(std::int64_t sequence);
  absl::Status Renumber(std::int64_t from, std::int64_t to);
  absl::Status SettleOne(const Answer& answer, absl::Time now);
  absl::Status Remove(std::int64_t sequence);
  absl::Status Keep(const std::vector<DeadLetter>& letters, std::int64_t sequence, absl::Time now);

  const std::string directory_;
  const std::unique_ptr<Database> database_;
  std::string department_, producer_;
};

}  // namespace ioc::client
