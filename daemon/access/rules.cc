#include "access/rules.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::access {
namespace {

bool AnyContains(const std::vector<Network>& networks, const std::string& address) {
  return std::any_of(networks.begin(), networks.end(),
                     [&](const Network& network) { return network.Contains(address); });
}

}  // namespace

bool Identity::Has(Role role) const {
  return std::find(roles.begin(), roles.end(), role) != roles.end();
}

bool Identity::MayDo(Action action) const {
  return std::any_of(roles.begin(), roles.end(),
                     [action](Role role) { return Allows(role, action); });
}

std::string Identity::RolesText() const {
  std::string text;
  for (const Role role : roles) absl::StrAppend(&text, text.empty() ? "" : " and ", RoleName(role));
  return text;
}

Rules::Rules(Data data)
    : data_(std::move(data)),
      revoked_certificates_(data_.revoked_certificates.begin(), data_.revoked_certificates.end()) {
  for (std::size_t i = 0; i < data_.identities.size(); ++i) {
    const Identity& identity = data_.identities[i];
    by_name_.emplace(identity.name, i);
    for (const TokenEntry& token : identity.tokens) {
      by_token_.emplace(token.id, Owned{&identity, &token});
    }
  }
}

const Identity* Rules::Find(absl::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? nullptr : &data_.identities[found->second];
}

std::optional<Rules::Owned> Rules::FindToken(absl::string_view id) const {
  const auto found = by_token_.find(id);
  if (found == by_token_.end()) return std::nullopt;
  return found->second;
}

bool Rules::IsRevoked(absl::string_view fingerprint) const {
  return revoked_certificates_.contains(fingerprint);
}

bool Rules::IsOpenTo(const std::string& address, Action action) const {
  switch (action) {
    case Action::kReadMetrics:
      return AnyContains(data_.open_metrics, address);
    case Action::kListCatalogue:
    case Action::kReadFigures:
      return AnyContains(data_.open_wall, address);
    default:
      return false;
  }
}

}  // namespace iocd::access
