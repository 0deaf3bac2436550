#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace iocd::engine::testing {

/// What was sent, in plain numbers. Independent of the daemon's types on purpose.
struct SentEvent {
  std::string department, indicator, member;
  std::int64_t time_nanos = 0;
  double first = 0, second = 0;
  std::int64_t arrival_nanos = 0;
};

/// The content of a window, or of any stretch of time, computed from the list of all events.
struct Expected {
  std::uint64_t events = 0;
  double first = 0, second = 0;  // sums
  double min = 0, max = 0;
  std::vector<double> samples;           // sorted
  std::optional<SentEvent> latest;       // with the newest time, the last added among equals
  std::int64_t first_arrival_nanos = 0;  // of all of them
};

/// Computes every answer by going through all events: the definition, not an implementation of it.
class BruteForce {
 public:
  void Add(const SentEvent& event);

  using Name = std::tuple<std::string, std::string, std::string>;
  std::vector<Name> Names() const;

  /// The window of `length` seconds in buckets of `bucket` seconds, at `now`.
  Expected InWindow(const Name& name, std::int64_t length, std::int64_t bucket,
                    std::int64_t now_nanos) const;
  /// The events whose times lie in [start, end).
  Expected Between(const Name& name, std::int64_t start_nanos, std::int64_t end_nanos) const;
  /// The event with the newest time, the last added among equals.
  std::optional<SentEvent> Latest(const Name& name) const;

 private:
  std::map<Name, std::vector<SentEvent>> events_;
};

}  // namespace iocd::engine::testing
