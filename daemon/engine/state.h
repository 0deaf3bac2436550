#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "absl/status/status.h"
#include "base/coding.h"
#include "base/limits.h"
#include "domain/catalogue.h"
#include "domain/rollup.h"
#include "domain/series.h"
#include "engine/batch_id_history.h"
#include "engine/counted_reference.h"
#include "engine/dictionary.h"
#include "engine/producer_histories.h"
#include "eventlog/batch_record.h"
#include "eventlog/define_record.h"

namespace iocd::engine {

/// What the daemon knows of a department beside its series.
struct DepartmentActivity {
  // Arrival of the newest batch that it sent or that spoke for it.
  std::optional<Timestamp> last_seen;
  bool simulated = false;  // simulated events have been taken for it
};

/// Everything that the log says, in memory. Changed by applying log records only, in log order,
/// live and in replay by the same code, so that a restart is equal to the last bit. Reads no clock.
/// No lock of its own: the engine guards it.
///
/// It can be written down in pieces while it goes on changing. A piece that is read back carries
/// the position up to which it was whole when it was cut (`covered`): a replay that begins below
/// leaves it alone until it gets there, so that every record works on every piece exactly once.
class State final : public domain::SeriesSource {
 public:
  // --- For readers (Engine::Read) ---

  const domain::Series* Find(const domain::SeriesKey& key) const override;
  DepartmentActivity ActivityOf(domain::DepartmentId department) const;
  std::size_t SeriesCount() const { return series_.size(); }
  /// How far a producer of `department` has come with its sequences.
  ProducerProgress ProgressOf(domain::DepartmentId department, const std::string& producer) const;
  /// Arrival of the last batch in the log; nullopt: it holds none.
  std::optional<Timestamp> newest_arrival() const { return newest_arrival_; }

  // --- For the engine ---

  /// `position` is the record's place in the log. An event of an unknown id is an error of ours:
  /// DataLoss.
  absl::Status Apply(const eventlog::DefineRecord& record, std::uint64_t position);
  absl::Status Apply(const eventlog::BatchRecord& record, std::uint64_t position);

  const Dictionary& dictionary() const { return dictionary_; }

  /// What is known of a batch's key: nothing yet, taken with this content, or no longer acceptable.
  Verdict Judge(domain::DepartmentId department, const std::string& producer,
                const eventlog::BatchKey& key, const eventlog::ContentHash& content) const;

  /// Whether an event with this ReferenceKey() was counted for the department, within
  /// limits::kReferenceHorizon before `arrival`.
  bool HasCounted(domain::DepartmentId department, const KeyHash& key, Timestamp arrival) const;

  /// Appends a canonical form of everything: equal states append equal bytes.
  void EncodeTo(std::string* out) const;

  // --- Pieces, for snapshots (state_pieces.cc). Encode functions append; Decode functions take a
  // piece off the reader into a state that lacks it, false if the bytes are none.

  /// The dictionary and the newest arrival.
  void EncodeHead(std::string* out) const;
  bool DecodeHead(Reader& reader, std::uint64_t covered);

  /// One series; they are numbered from 0 in the order in which they came to be.
  void EncodeSeries(std::size_t number, std::string* out) const;
  bool DecodeSeries(Reader& reader, std::uint64_t covered, domain::SeriesForm form);

  std::vector<domain::DepartmentId> Departments() const;  // ascending
  /// Activity and producers of a department.
  void EncodeDepartment(domain::DepartmentId id, std::string* out) const;
  bool DecodeDepartment(Reader& reader, std::uint64_t covered);

  /// What a department has too much of for one piece.
  enum class LongList : std::uint8_t { kBatchIds = 1, kReferences = 2 };
  struct ChunkEnd {
    std::uint64_t next_ordinal;  // where the next chunk goes on
    bool is_last;                // the list has been encoded to its present end
  };
  /// A part of a list, from an ordinal on (0: the beginning), of about `max_bytes`.
  ChunkEnd EncodeChunk(LongList list, domain::DepartmentId id, std::uint64_t from,
                       std::size_t max_bytes, std::string* out) const;
  bool DecodeChunk(Reader& reader, std::uint64_t covered);

 private:
  struct SeriesEntry {
    domain::SeriesKey key;
    std::uint64_t covered = 0;
    domain::Series series;
  };
  struct Department {
    DepartmentActivity activity;
    ProducerHistories producers;
    BatchIdHistory batch_ids;
    ReferenceHistory references{limits::kReferenceHorizon, limits::kMaxReferencesPerDepartment};
    // The positions up to which the last three were whole when they were cut.
    std::uint64_t producers_covered = 0;
    std::uint64_t batch_ids_covered = 0;
    std::uint64_t references_covered = 0;
  };

  /// Applies one event that counts, or passes over one that was already counted. False if one of
  /// its ids was never defined.
  bool ApplyEvent(const domain::Event& event, Timestamp arrival, std::uint64_t position);
  /// Creates the series with its first event; nullptr if one of its ids was never defined.
  SeriesEntry* SeriesOf(const domain::SeriesKey& key);
  static void See(Department* department, const eventlog::BatchHeader& header);

  Dictionary dictionary_;
  std::uint64_t dictionary_covered_ = 0;
  absl::flat_hash_map<domain::SeriesKey, std::uint32_t> series_index_;
  std::deque<SeriesEntry> series_;
  absl::node_hash_map<domain::DepartmentId, Department> departments_;
  std::optional<Timestamp> newest_arrival_;
};

}  // namespace iocd::engine
