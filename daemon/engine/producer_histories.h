#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "absl/container/flat_hash_map.h"
#include "absl/container/node_hash_map.h"
#include "base/coding.h"
#include "engine/producer_history.h"
#include "engine/verdict.h"

namespace iocd::engine {

/// The producers of one department. The limits::kMaxProducersPerDepartment that took a batch last
/// are known exactly. When there are more, the one that has been quiet for longest retires: of it
/// only the highest sequence is kept, so it may go on above that, and all at or below is refused as
/// no longer to be told from a repeat. Of limits::kMaxRetiredProducers no more retire: new names
/// are refused.
class ProducerHistories {
 public:
  Verdict Judge(const std::string& producer, eventlog::Sequence sequence,
                const eventlog::ContentHash& content) const;

  /// `sequence` was judged kNew, perhaps before other batches of its group were taken.
  void Take(const std::string& producer, eventlog::Sequence sequence, const Taken& taken);

  /// Of a producer that took nothing yet: zeros.
  ProducerProgress ProgressOf(const std::string& producer) const;

  /// Appends a canonical form: equal histories append equal bytes.
  void EncodeTo(std::string* out) const;
  /// nullopt if the bytes are no such form.
  static std::optional<ProducerHistories> Decode(Reader& reader);

 private:
  struct Active {
    ProducerHistory history;
    std::uint64_t last_position = 0;  // in the log, of the batch that it took last
  };

  void RetireTheQuietest();
  bool DecodeActive(Reader& reader);
  bool DecodeRetired(Reader& reader);

  absl::node_hash_map<std::string, Active> active_;
  absl::flat_hash_map<std::string, eventlog::Sequence> retired_;  // the highest sequence of each
};

}  // namespace iocd::engine
