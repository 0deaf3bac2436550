#pragma once

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/flat_hash_set.h"
#include "absl/hash/hash.h"
#include "base/coding.h"
#include "base/timestamp.h"
#include "eventlog/batch_record.h"

namespace iocd::engine {

/// 128 bits that stand for a key of any length; that two keys share them is not to be expected.
using KeyHash = eventlog::ContentHash;

/// For keys of which only that they were taken is of interest.
struct NoValue {
  void EncodeTo(std::string* /*out*/) const {}
  static NoValue Decode(Reader& /*reader*/) { return {}; }
  static constexpr std::size_t kEncodedBytes = 0;
};

/// Keys with a value each, kept for a horizon of arrival time and at most so many; the oldest go
/// first. Arrival times come from the log, never from a clock; one that lies before that of an
/// earlier key counts as equal to it, so that keys expire in the order in which they were taken.
///
/// Every entry has an ordinal: 0 for the first ever taken, then counted on and never reused. There
/// may be too many entries to write them down while everything stands still, so they are written in
/// chunks between which keys may be taken and go:
///
///   for (from = FirstOrdinal(); from < EndOrdinal(); ) from = EncodeChunk(from, bytes, &chunk);
///
/// DecodeChunk() for each, in that order, and then DropBelow(FirstOrdinal() at the last chunk)
/// gives equal entries under equal ordinals.
///
/// `Value` has EncodeTo(std::string*), static Decode(Reader&) and kEncodedBytes, the size of what
/// EncodeTo appends. Memory: 24 bytes and the value, and 6 to 12 bytes for the index.
template <typename Value>
class RecentKeys {
 public:
  RecentKeys(Duration horizon, std::size_t max_keys) : horizon_(horizon), max_keys_(max_keys) {
    assert(max_keys <= std::numeric_limits<std::uint32_t>::max());
  }

  /// nullptr if the key is not held. A key may be held for longer than the horizon if nothing has
  /// been taken since.
  const Value* Find(const KeyHash& key) const {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &entries_->At(*found).value;
  }

  /// Whether the key was taken and is still within the horizon at `arrival`.
  bool HoldsAt(const KeyHash& key, Timestamp arrival) const {
    const auto found = index_.find(key);
    return found != index_.end() && !Expired(entries_->At(*found), arrival);
  }

  /// Lets the expired keys go, then takes the key; one that is still held stays as it is.
  void Take(const KeyHash& key, Timestamp arrival, const Value& value) {
    while (!entries_->list.empty() && Expired(entries_->list.front(), arrival)) DropOldest();
    if (index_.contains(key)) return;
    if (entries_->list.size() >= max_keys_) DropOldest();
    if (!entries_->list.empty()) arrival = std::max(arrival, entries_->list.back().arrival);
    Append({key, arrival, value});
  }

  std::size_t size() const { return entries_->list.size(); }
  std::uint64_t FirstOrdinal() const { return entries_->first; }
  std::uint64_t EndOrdinal() const { return entries_->first + entries_->list.size(); }

  /// Appends the entries from `from` on that are still held: their first ordinal (u64), their
  /// number (u32), each key (u64, u64), arrival (i64) and value; as many as fit into `max_bytes`,
  /// but at least one if there is one. Returns the ordinal behind the last one: where the next
  /// chunk begins.
  std::uint64_t EncodeChunk(std::uint64_t from, std::size_t max_bytes, std::string* out) const {
    const std::uint64_t first = std::clamp(from, FirstOrdinal(), EndOrdinal());
    const std::uint64_t fitting = std::max<std::uint64_t>(max_bytes / kEntryBytes, 1);
    const std::uint64_t end = first + std::min(fitting, EndOrdinal() - first);
    Put<std::uint64_t>(out, first);
    Put<std::uint32_t>(out, static_cast<std::uint32_t>(end - first));
    for (std::uint64_t ordinal = first; ordinal < end; ++ordinal) {
      const Entry& entry = entries_->list[ordinal - FirstOrdinal()];
      Put<std::uint64_t>(out, entry.key.low);
      Put<std::uint64_t>(out, entry.key.high);
      Put<std::int64_t>(out, entry.arrival.nanos);
      entry.value.EncodeTo(out);
    }
    return end;
  }

  /// Takes one chunk off the reader and appends its entries. False if the bytes are no chunk or not
  /// one that follows; what is held is then of no use.
  bool DecodeChunk(Reader& reader) {
    const auto first = reader.Get<std::uint64_t>();
    const auto count = reader.Get<std::uint32_t>();
    if (!reader.ok() || first < EndOrdinal() || first > kMaxOrdinal || count > max_keys_ ||
        count * kEntryBytes > reader.rest().size()) {
      return false;
    }
    // A gap: all before it went away while the chunks were cut.
    if (first > EndOrdinal()) DropBelow(first);
    for (std::uint32_t i = 0; i < count; ++i) {
      Entry entry;
      entry.key.low = reader.Get<std::uint64_t>();
      entry.key.high = reader.Get<std::uint64_t>();
      entry.arrival.nanos = reader.Get<std::int64_t>();
      entry.value = Value::Decode(reader);
      if (!MakeRoomFor(entry, first)) return false;
      Append(entry);
    }
    return true;
  }

  /// Lets go what stands below an ordinal.
  void DropBelow(std::uint64_t ordinal) {
    while (!entries_->list.empty() && entries_->first < ordinal) DropOldest();
    entries_->first = std::max(entries_->first, ordinal);
  }

  /// Appends a canonical form of everything: equal histories append equal bytes.
  void EncodeTo(std::string* out) const {
    Put<std::uint64_t>(out, FirstOrdinal());
    Put<std::uint64_t>(out, EndOrdinal());
    EncodeChunk(FirstOrdinal(), std::numeric_limits<std::size_t>::max(), out);
  }

 private:
  struct Entry {
    KeyHash key;
    Timestamp arrival;
    [[no_unique_address]] Value value;
  };
  static constexpr std::size_t kEntryBytes = 24 + Value::kEncodedBytes;
  static constexpr std::uint64_t kMaxOrdinal = std::numeric_limits<std::uint64_t>::max() / 2;

  /// The entries and the ordinal of the first. The index holds ordinals modulo 2^32, which tell
  /// fewer than 2^32 entries apart, and looks their keys up here.
  struct Entries {
    std::deque<Entry> list;
    std::uint64_t first = 0;

    const Entry& At(std::uint32_t ordinal) const { return list[PlaceOf(ordinal)]; }
    std::uint32_t PlaceOf(std::uint32_t ordinal) const {
      return ordinal - static_cast<std::uint32_t>(first);
    }
  };
  struct HashOfKey {
    using is_transparent = void;
    const Entries* entries;
    std::size_t operator()(const KeyHash& key) const { return absl::HashOf(key); }
    std::size_t operator()(std::uint32_t ordinal) const {
      return (*this)(entries->At(ordinal).key);
    }
  };
  struct IsKey {
    using is_transparent = void;
    const Entries* entries;
    bool operator()(std::uint32_t one, std::uint32_t other) const { return one == other; }
    bool operator()(std::uint32_t ordinal, const KeyHash& key) const {
      return entries->At(ordinal).key == key;
    }
  };

  bool Expired(const Entry& entry, Timestamp arrival) const {
    // Nothing is older than the horizon so near to the beginning of time.
    if (arrival.nanos < std::numeric_limits<std::int64_t>::min() + horizon_.nanos) return false;
    return entry.arrival < arrival - horizon_;
  }

  /// For an entry of the chunk that begins at `chunk`. Entries of earlier chunks may have gone
  /// since those were cut: where the limit or a key that was taken anew tells, they go here too.
  /// False if the entry cannot follow those that are held.
  bool MakeRoomFor(const Entry& entry, std::uint64_t chunk) {
    if (const auto found = index_.find(entry.key); found != index_.end()) {
      DropBelow(entries_->first + entries_->PlaceOf(*found) + 1);
      if (entries_->first > chunk) return false;  // twice in one chunk
    }
    if (entries_->list.size() >= max_keys_) DropOldest();
    return entries_->list.empty() || entry.arrival >= entries_->list.back().arrival;
  }

  void Append(const Entry& entry) {
    const auto ordinal = static_cast<std::uint32_t>(EndOrdinal());
    entries_->list.push_back(entry);
    index_.insert(ordinal);
  }

  void DropOldest() {
    index_.erase(index_.find(entries_->list.front().key));
    entries_->list.pop_front();
    ++entries_->first;
  }

  Duration horizon_;
  std::size_t max_keys_;
  std::unique_ptr<Entries> entries_ = std::make_unique<Entries>();  // the index points to it
  absl::flat_hash_set<std::uint32_t, HashOfKey, IsKey> index_{0, HashOfKey{entries_.get()},
                                                              IsKey{entries_.get()}};
};

}  // namespace iocd::engine
