#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "domain/catalogue.h"
#include "engine/batch.h"
#include "engine/state.h"

namespace iocd::engine {

/// A batch that was taken, as its sender knows it.
struct TakenBatch {
  Batch batch;  // as sent
  std::uint64_t position = 0;
  Answer answer;
};

/// The model of an engine: a state that was fed nothing but the batches that were taken, each once,
/// in their order and at their place in the log. No log, no snapshot, no disk.
class TakenBatches {
 public:
  TakenBatches();
  TakenBatches(const TakenBatches& other) : TakenBatches(other, other.all_.size()) {}
  TakenBatches& operator=(const TakenBatches&) = delete;

  /// The test catalogue with its ids.
  const domain::Catalogue& catalogue() const { return catalogue_; }

  /// The `number`-th batch of a life, from 1: with sequences or batch ids, of two producers, about
  /// several kinds of indicators; some with refusals, some with references that count once.
  Batch MakeBatch(std::uint64_t number) const;

  /// `position` is that of the batch's record.
  void Take(const Batch& batch, std::uint64_t position);
  const std::vector<TakenBatch>& all() const { return all_; }
  /// The same without the last one.
  TakenBatches WithoutLast() const;
  /// Whether the last one has this key.
  bool EndsWith(const Batch& batch) const;

  std::string EncodedState() const;

 private:
  TakenBatches(const TakenBatches& other, std::size_t first);

  domain::Catalogue catalogue_;
  State state_;
  std::vector<TakenBatch> all_;
};

}  // namespace iocd::engine
