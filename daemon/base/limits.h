#pragma once

#include <cstddef>
#include <cstdint>

#include "base/timestamp.h"

/// Every limit of the daemon that is not configurable, with its unit, in one place.
namespace iocd::limits {

// One batch.
inline constexpr std::size_t kMaxBatchEvents = 10'000;
inline constexpr std::size_t kMaxBatchBytes = 4 * 1024 * 1024;
inline constexpr std::size_t kMaxProducerNameBytes = 64;
inline constexpr std::size_t kMaxBatchIdCharacters = 64;  // code points
inline constexpr std::size_t kMaxReferenceBytes = 128;
inline constexpr std::size_t kMaxQuotedInputBytes = 64;  // of the sender's text in a refusal

// Of all refusals' messages of one batch together: a gRPC client takes answers of 4 MiB unless it
// asks for more, and a sender that cannot read its answer would repeat the batch for ever.
inline constexpr std::size_t kMaxRefusalTextBytes = 2 * 1024 * 1024;

// gRPC takes messages up to this size, so that one that is over kMaxBatchBytes still gets our own
// words; beyond it gRPC itself answers.
inline constexpr std::size_t kMaxTransportMessageBytes = 2 * kMaxBatchBytes;

// Event time, seen from admission.
inline constexpr Duration kMaxEventAge = Duration::Days(30);          // windowed kinds only
inline constexpr Duration kMaxEventAhead = Duration::Seconds(60);     // every kind
inline constexpr std::int64_t kMinEventUnixSeconds = -2'208'988'800;  // 1900-01-01: older is a typo

// The wall clock, before it is in doubt (base/clock_guard.h).
inline constexpr Duration kMaxClockError = Duration::Seconds(60);
inline constexpr std::int64_t kMaxClockSlewDivisor = 1'000;  // 1 ms per second is slewed, not set

// Memory of what was taken, for repeats.
inline constexpr std::size_t kMaxProducersPerDepartment = 64;  // known exactly
inline constexpr std::size_t kMaxRetiredProducers = 4'096;     // per department
inline constexpr std::size_t kMaxSequenceRanges = 1'024;       // per producer
inline constexpr std::size_t kRememberedSequences = 4'096;     // per producer, with hash and answer
inline constexpr std::uint64_t kMaxSequenceJump = 1'000'000;   // above the highest one taken
inline constexpr Duration kBatchIdHorizon = Duration::Seconds(48 * 3'600);
inline constexpr std::size_t kMaxBatchIdsPerDepartment = 1'000'000;

// Memory of what was counted by its reference, for indicators that count each reference once.
inline constexpr Duration kReferenceHorizon = Duration::Days(30);  // of arrival time
inline constexpr std::size_t kMaxReferencesPerDepartment = 1'000'000;

// The engine's queue: what waits to be made durable.
inline constexpr std::size_t kMaxQueuedBytes = 64 * 1024 * 1024;
inline constexpr std::size_t kMaxGroupBytes = 4 * 1024 * 1024;  // one write and one sync
inline constexpr std::size_t kMaxStreamInFlightBatches = 16;    // of one PushStream

// Of the changes, or of the mistakes, that a reload tells: some 100 bytes each.
inline constexpr std::size_t kMaxReloadSentences = 1'000;

// Defaults of what is configurable.
inline constexpr std::size_t kSegmentBytes = 256 * 1024 * 1024;  // of the log
inline constexpr Duration kDefaultRetention = Duration::Days(35);
inline constexpr std::uint64_t kDefaultMaxLogBytes = std::uint64_t{100} << 30;
inline constexpr std::uint64_t kDefaultSnapshotEveryBytes = std::uint64_t{1} << 30;
inline constexpr Duration kDefaultSnapshotEvery = Duration::Seconds(15 * 60);

// Snapshots.
inline constexpr std::size_t kSliceBytes = 128 * 1024;                 // cut between two groups
inline constexpr std::size_t kMaxWaitingSliceBytes = 8 * 1024 * 1024;  // cut and not yet written

// The log.
inline constexpr std::size_t kReserveBytes = 16 * 1024 * 1024;  // room taken on the disk at once

// The ledger.
inline constexpr std::uint64_t kLedgerLeavesFreeBytes = 64 * 1024 * 1024;  // to the log, at least

// The audit log.
inline constexpr std::size_t kMaxAuditNameBytes = 128;        // of a name in an entry
inline constexpr std::size_t kMaxAuditSentenceBytes = 512;    // of a text for people in an entry
inline constexpr std::size_t kMaxAuditLineBytes = 64 * 1024;  // longer ones are no lines of ours
inline constexpr std::size_t kAuditFileBytes = 16 * 1024 * 1024;  // then a new file is begun
inline constexpr std::size_t kAuditWriteBytes = 64 * 1024;        // at most, in one write and sync
inline constexpr std::size_t kMaxQueuedAuditEntries = 4'096;      // that wait for the disk
inline constexpr Duration kAuditRefusalsWindow = Duration::Seconds(60);  // equal ones become one
inline constexpr std::size_t kMaxAuditedRefusals = 100;          // different ones in a window
inline constexpr std::size_t kMaxAuditedRefusalsPerCaller = 20;  // of these from one caller
inline constexpr std::size_t kAuditFilesReadAtStart = 4;         // the newest
inline constexpr std::size_t kMaxFirstPushes = 8'192;            // remembered senders

// Backups.
inline constexpr std::size_t kBackupPartBytes = 512 * 1024;  // data in one part, and in memory

// Those who watch what changes (QueryService.Watch, GET /api/v1/watch).
inline constexpr std::size_t kMaxWatchers = 256;  // at once, over gRPC and HTTP together
inline constexpr Duration kMaxWatchLife = Duration::Seconds(12 * 3'600);

}  // namespace iocd::limits
