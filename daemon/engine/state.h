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
#include "domain/catalogue.h"
#include "domain/rollup.h"
#include "domain/series.h"
#include "engine/batch_id_history.h"
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
  absl::Status Apply(const eventlog::DefineRecord& record);
  absl::Status Apply(const eventlog::BatchRecord& record, std::uint64_t position);

  const Dictionary& dictionary() const { return dictionary_; }

  /// What is known of a batch's key: nothing yet, taken with this content, or no longer acceptable.
  Verdict Judge(domain::DepartmentId department, const std::string& producer,
                const eventlog::BatchKey& key, const eventlog::ContentHash& content) const;

  /// Appends a canonical form of everything: equal states append equal bytes.
  void EncodeTo(std::string* out) const;

 private:
  struct Department {
    DepartmentActivity activity;
    ProducerHistories producers;
    BatchIdHistory batch_ids;
  };

  /// Creates the series with its first event; nullptr if one of its ids was never defined.
  domain::Series* SeriesOf(const domain::SeriesKey& key);
  static void See(Department* department, const eventlog::BatchHeader& header);

  Dictionary dictionary_;
  absl::flat_hash_map<domain::SeriesKey, std::uint32_t> series_index_;
  std::deque<domain::Series> series_;
  absl::node_hash_map<domain::DepartmentId, Department> departments_;
  std::optional<Timestamp> newest_arrival_;
};

}  // namespace iocd::engine
