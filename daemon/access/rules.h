#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/strings/string_view.h"
#include "access/network.h"
#include "access/role.h"
#include "base/timestamp.h"
#include "domain/sending_rights.h"

namespace iocd::access {

/// One token of an identity, as the file of identities keeps it.
struct TokenEntry {
  std::string id;
  std::string hash;  // access/token.h
  std::optional<Timestamp> until;
};

/// Who may do what: a department's system, a person, a wall.
struct Identity {
  std::string name;  // unique, IsName()
  std::vector<Role> roles;
  domain::SendingRights rights;  // of a sender
  std::vector<TokenEntry> tokens;
  bool revoked = false;

  bool Has(Role role) const;
  bool MayDo(Action action) const;
  /// "sender", "sender and reader", for messages.
  std::string RolesText() const;
};

/// All that the file of identities says. Immutable; thread-safe.
class Rules {
 public:
  struct Data {
    std::string territory;
    std::vector<Identity> identities;               // names and token ids are unique
    std::vector<std::string> revoked_certificates;  // SHA-256, 64 lower-case hexadecimal digits
    std::vector<Network> open_metrics;              // who may read them without an identity
    std::vector<Network> open_wall;                 // the same for figures and the wall
  };
  explicit Rules(Data data);
  Rules(const Rules&) = delete;  // it points into itself
  Rules& operator=(const Rules&) = delete;

  const std::string& territory() const { return data_.territory; }
  const std::vector<Identity>& identities() const { return data_.identities; }
  const std::vector<std::string>& revoked_certificates() const {
    return data_.revoked_certificates;
  }
  const std::vector<Network>& open_metrics() const { return data_.open_metrics; }
  const std::vector<Network>& open_wall() const { return data_.open_wall; }

  /// nullptr: there is none.
  const Identity* Find(absl::string_view name) const;
  /// The identity and the token of that id.
  struct Owned {
    const Identity* identity = nullptr;
    const TokenEntry* token = nullptr;
  };
  std::optional<Owned> FindToken(absl::string_view id) const;

  bool IsRevoked(absl::string_view fingerprint) const;
  /// Whether someone at this address may do it without saying who they are.
  bool IsOpenTo(const std::string& address, Action action) const;

 private:
  Data data_;
  absl::flat_hash_map<std::string, std::size_t> by_name_;
  absl::flat_hash_map<std::string, Owned> by_token_;
  absl::flat_hash_set<std::string> revoked_certificates_;
};

}  // namespace iocd::access
