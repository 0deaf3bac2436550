#pragma once

#include <cstdint>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/sequence_model.h"

namespace iocd::testing {

/// Makes up calls of some eighty producers of one department, chosen so that each rule of
/// SequenceModel is met often: a few producers send most of it, some leave gaps, some are quiet
/// until they have retired.
class RandomCalls {
 public:
  explicit RandomCalls(std::uint64_t seed) : random_(seed) {}

  /// A call that is interesting given what has been taken.
  SentCall Next(const SequenceModel& model);
  /// One under the key of `call`: the same again, or with other content or another answer (as if
  /// the clock had moved on).
  SentCall Again(const SentCall& call);
  /// So many calls of names that were never seen.
  std::vector<SentCall> NewNames(std::size_t count);
  /// A producer to ask about.
  std::string Producer();

  std::uint64_t Below(std::uint64_t end) { return random_() % end; }
  bool OneIn(std::uint64_t n) { return Below(n) == 0; }

 private:
  std::uint64_t Sequence(std::size_t number, const SequenceModel& model, const std::string& name);
  SentCall WithBatchId(SentCall call);
  void Fill(SentCall* call);

  std::mt19937_64 random_;
  std::uint64_t names_ = 0;
  std::map<std::string, std::vector<std::uint64_t>> sent_;  // sequences of each producer
  std::vector<std::string> batch_ids_;
};

}  // namespace iocd::testing
