#pragma once

#include <compare>
#include <cstdint>
#include <string>

namespace iocd {

/// An instant as nanoseconds since the Unix epoch, in UTC. Covers the years 1678 to 2261; callers
/// that take time from outside check the range first (domain/admission.h).
struct Timestamp {
  std::int64_t nanos = 0;

  static constexpr Timestamp FromSeconds(std::int64_t seconds) { return {seconds * 1'000'000'000}; }
  constexpr double ToSeconds() const { return static_cast<double>(nanos) * 1e-9; }
  friend constexpr auto operator<=>(const Timestamp&, const Timestamp&) = default;
};

/// A length of time in nanoseconds.
struct Duration {
  std::int64_t nanos = 0;

  static constexpr Duration Seconds(std::int64_t seconds) { return {seconds * 1'000'000'000}; }
  static constexpr Duration Days(std::int64_t days) { return Seconds(days * 86'400); }
  constexpr std::int64_t ToWholeSeconds() const { return nanos / 1'000'000'000; }
  friend constexpr auto operator<=>(const Duration&, const Duration&) = default;
};

constexpr Timestamp operator+(Timestamp t, Duration d) { return {t.nanos + d.nanos}; }
constexpr Timestamp operator-(Timestamp t, Duration d) { return {t.nanos - d.nanos}; }
constexpr Duration operator-(Timestamp a, Timestamp b) { return {a.nanos - b.nanos}; }

/// For people: "2026-11-22 08:41:07+07:00", the zone of every office that reads it.
std::string ToLocalText(Timestamp time);

}  // namespace iocd
