#include "audit/seen_senders.h"

#include <sodium.h>

namespace iocd::audit {

static_assert(crypto_shorthash_KEYBYTES == 16 && crypto_shorthash_BYTES == 8);

SeenSenders::SeenSenders() : slots_(std::make_unique<std::atomic<Key>[]>(kSlots)) {
  randombytes_buf(hash_key_, sizeof hash_key_);
}

SeenSenders::Key SeenSenders::KeyOf(absl::string_view who, absl::string_view from,
                                    absl::string_view department,
                                    absl::string_view producer) const {
  const auto hash = [this](const void* bytes, std::size_t size) {
    Key key = 0;
    crypto_shorthash(reinterpret_cast<unsigned char*>(&key),
                     static_cast<const unsigned char*>(bytes), size, hash_key_);
    return key;
  };
  // Of hashes, so that no text can reach over into the next one.
  const Key parts[] = {hash(who.data(), who.size()), hash(from.data(), from.size()),
                       hash(department.data(), department.size()),
                       hash(producer.data(), producer.size())};
  const Key key = hash(parts, sizeof parts);
  return key == 0 ? 1 : key;
}

bool SeenSenders::Knows(Key key) const {
  if (used_.load(std::memory_order_relaxed) >= kMost) return true;
  for (std::size_t at = key & (kSlots - 1);; at = (at + 1) & (kSlots - 1)) {
    const Key found = slots_[at].load(std::memory_order_relaxed);
    if (found == key) return true;
    if (found == 0) return false;
  }
}

bool SeenSenders::Remember(Key key) {
  if (used_.fetch_add(1, std::memory_order_relaxed) >= kMost) {
    used_.store(kMost, std::memory_order_relaxed);
    return false;
  }
  for (std::size_t at = key & (kSlots - 1);; at = (at + 1) & (kSlots - 1)) {
    Key found = 0;
    if (slots_[at].compare_exchange_strong(found, key, std::memory_order_relaxed)) return true;
    if (found == key) {
      used_.fetch_sub(1, std::memory_order_relaxed);
      return false;
    }
  }
}

}  // namespace iocd::audit
