#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "ioc/client/push_once.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// A sender as the contract allows it, and no better: it pushes numbered batches over several
/// connections at a time, out of order and with gaps that it fills later; repeats at any time what
/// was answered, what was not, and what another of its connections has in flight. It holds every
/// answer to the contract and remembers what it was promised.
class UnrulySender {
 public:
  struct Options {
    std::string target;
    int connections = 2;
    std::uint32_t seed = 0;
    /// The batch with this number, the same on each call. Called on several threads.
    std::function<v1::PushRequest(std::uint64_t number)> batch;
    /// A batch was acknowledged for the first time. Called on several threads.
    std::function<void()> on_acknowledged;
  };

  /// What a batch was answered with, as far as its answer was still known.
  struct Promise {
    bool answer_known = false;
    std::uint32_t accepted = 0, already_counted = 0, rejected = 0;
  };

  explicit UnrulySender(Options options);
  ~UnrulySender();

  /// Begins no new batch, and returns once each that was begun is acknowledged: the numbers 1 to
  /// acknowledged().size().
  void Finish();

  /// Of how many batches the daemon has the word out, and how many at most it can have.
  struct Standing {
    std::uint64_t acknowledged = 0, begun = 0;
  };
  Standing standing() const;

  /// After Finish(): what was promised, by number.
  const std::map<std::uint64_t, Promise>& promises() const { return promises_; }
  /// Answers that broke the contract; after Finish(), empty if there was none.
  std::vector<std::string> violations() const;
  /// How many answers were duplicates, and of those, how many had expired.
  std::uint64_t duplicates() const { return duplicates_; }
  std::uint64_t expired() const { return expired_; }

 private:
  /// What is known of a batch that was begun.
  struct Batch {
    int calls = 0;        // begun
    int in_flight = 0;    // of them
    int fresh = 0;        // answers that were not duplicates
    bool waiting = true;  // no answer has come
  };
  struct Call {
    std::uint64_t number = 0;
    bool was_acknowledged = false;  // when it began
  };

  void Work(std::uint32_t seed);
  /// The next call; false: everything is acknowledged and nothing new is to be begun.
  bool Choose(Call* call);
  std::uint64_t ChooseNumber();
  void FillWindow();
  bool OneIn(std::uint32_t n) { return random_() % n == 0; }

  void Judge(const Call& call, const PushResult& result);
  void JudgeAnswer(const Call& call, const v1::PushResponse& answer);
  void Violation(const Call& call, const std::string& what);

  const Options options_;
  mutable std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::mt19937 random_;
  bool finishing_ = false;
  std::uint64_t next_ = 1;               // the lowest number that no window has had
  std::vector<std::uint64_t> window_;    // to be begun next, shuffled
  std::deque<std::uint64_t> held_back_;  // gaps to be filled later
  std::deque<std::uint64_t> unanswered_;
  std::vector<std::uint64_t> flying_;  // one for each call in flight
  std::map<std::uint64_t, Batch> batches_;
  std::map<std::uint64_t, Promise> promises_;  // of those that are acknowledged
  std::vector<std::string> violations_;
  std::uint64_t duplicates_ = 0, expired_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace ioc::client
