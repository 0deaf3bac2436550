#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace iocd::testing {

/// One call as a sender makes it, as far as the rules of repeats see it.
struct SentCall {
  std::string producer;
  std::uint64_t sequence = 0;  // 0: none
  std::string batch_id;        // empty: none; with neither the call is unprotected
  std::uint64_t content = 0;   // equal numbers: equal requests
  int answer = 0;              // stands for the answer that this call gets if it is taken
  bool validate_only = false;
};

/// The rules of sequences and batch ids of one department, written from the contract
/// (proto/ioc/v1/ingest.proto) and as plainly as it can be said. The daemon must answer as this
/// does.
class SequenceModel {
 public:
  enum class Kind {
    kNew,               // taken, or would be
    kRepeat,            // `duplicate`, with the answer of then
    kExpired,           // `duplicate` and `answer_expired`
    kReused,            // ALREADY_EXISTS
    kClosed,            // FAILED_PRECONDITION: at or below a closed gap
    kTooFar,            // FAILED_PRECONDITION: a jump
    kTooManyProducers,  // FAILED_PRECONDITION: a new name
  };
  struct Verdict {
    Kind kind = Kind::kNew;
    int answer = 0;  // with kNew and kRepeat
    friend bool operator==(const Verdict&, const Verdict&) = default;
  };

  /// What Resume answers.
  struct Progress {
    std::uint64_t last_sequence = 0, closed_through = 0;
    std::vector<std::pair<std::uint64_t, std::uint64_t>> gaps;  // first and last missing
    friend bool operator==(const Progress&, const Progress&) = default;
  };

  Verdict Judge(const SentCall& call) const;
  /// The call was judged kNew and is in the log, at this arrival. Once per call, in log order.
  void Take(const SentCall& call, std::int64_t arrival_seconds);
  Progress Resume(const std::string& producer) const;

  std::uint64_t Highest(const std::string& producer) const { return Find(producer).highest; }
  std::uint64_t ClosedThrough(const std::string& producer) const { return Find(producer).closed; }

 private:
  struct Remembered {
    std::uint64_t content;
    int answer;
  };
  struct Producer {
    std::set<std::uint64_t> taken;  // all above `closed`
    std::size_t ranges = 0;         // runs of consecutive numbers in `taken`
    std::uint64_t closed = 0;       // at or below: taken or lost, nobody knows
    std::uint64_t highest = 0;
    std::map<std::uint64_t, Remembered> newest;
    std::deque<std::uint64_t> order;  // of `newest`
    std::uint64_t last_taken = 0;     // to find the quietest
  };
  struct BatchId {
    std::pair<std::string, std::string> key;  // producer and id
    std::int64_t arrival_seconds;
  };

  const Producer& Find(const std::string& name) const;
  Producer& Activate(const std::string& name);
  static void AddToRanges(Producer* producer, std::uint64_t sequence);
  void TakeBatchId(const SentCall& call, std::int64_t arrival_seconds);

  std::map<std::string, Producer> active_;
  std::map<std::string, Producer> retired_;  // closed up to their highest
  std::uint64_t taken_ = 0;
  std::map<std::pair<std::string, std::string>, Remembered> batch_ids_;
  std::deque<BatchId> batch_id_order_;
};

}  // namespace iocd::testing
