#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/changes.h"
#include "config/field_changes.h"

namespace iocd::config {
namespace {

using access::Identity;
using access::Network;
using access::Rules;
using access::TokenEntry;
using domain::SendingRights;

/// Of what has no order: in the file it may stand in any.
std::string ListText(std::vector<std::string> texts) {
  std::sort(texts.begin(), texts.end());
  texts.erase(std::unique(texts.begin(), texts.end()), texts.end());
  return absl::StrCat("[", absl::StrJoin(texts, ", "), "]");
}

std::string CodesText(const SendingRights::Codes& codes) {
  return ListText({codes.begin(), codes.end()});
}

std::string CodesText(const std::optional<SendingRights::Codes>& codes) {
  return codes ? CodesText(*codes) : "all";
}

std::string NetworksText(const std::vector<Network>& networks) {
  std::vector<std::string> texts;
  for (const Network& network : networks) texts.push_back(network.ToText());
  return ListText(std::move(texts));
}

std::string RolesText(const Identity& identity) {
  std::vector<std::string> names;
  for (const access::Role role : identity.roles) names.emplace_back(access::RoleName(role));
  return ListText(std::move(names));
}

Fields FieldsOf(const Identity& identity) {
  const SendingRights& rights = identity.rights;
  return {{"roles", RolesText(identity)},
          {"department", Quote(rights.department)},
          {"sends_for", rights.for_all ? "all" : CodesText(rights.departments)},
          {"indicators", CodesText(rights.indicators)},
          {"members", CodesText(rights.members)},
          {"revoked", identity.revoked ? "true" : "false"}};
}

Fields FieldsOf(const TokenEntry& token) {
  return {{"until", token.until ? ToLocalText(*token.until) : "none"}};
}

Fields FieldsOf(const Rules& rules) {
  return {{"open.metrics", NetworksText(rules.open_metrics())},
          {"open.wall", NetworksText(rules.open_wall())},
          {"the territory that certificates name", Quote(rules.territory())}};
}

const TokenEntry* Find(const std::vector<TokenEntry>& tokens, const std::string& id) {
  const auto found = std::find_if(tokens.begin(), tokens.end(),
                                  [&](const TokenEntry& token) { return token.id == id; });
  return found == tokens.end() ? nullptr : &*found;
}

/// `name`: of whose tokens they are. Hashes tell tokens apart, but are nothing to show.
void AppendTokenChanges(const std::string& name, const std::vector<TokenEntry>& before,
                        const std::vector<TokenEntry>& after, Sentences* out) {
  for (const TokenEntry& token : after) {
    const std::string item = absl::StrCat(name, ": token ", token.id);
    const TokenEntry* former = Find(before, token.id);
    if (former == nullptr) {
      out->push_back(absl::StrCat(item, " is new"));
    } else if (former->hash != token.hash) {
      out->push_back(absl::StrCat(item, " is another one"));
    }
    AppendFieldChanges(item, FieldsOf(former ? *former : TokenEntry()), FieldsOf(token), out);
  }
  for (const TokenEntry& token : before) {
    if (Find(after, token.id) != nullptr) continue;
    out->push_back(absl::StrCat(name, ": token ", token.id, " is gone"));
  }
}

/// Of someone new also everything that they are granted.
void AppendIdentityChanges(const Rules& before, const Rules& after, Sentences* out) {
  const auto name_of = [](const Identity& identity) {
    return absl::StrCat("identity '", identity.name, "'");
  };
  for (const Identity& identity : after.identities()) {
    const std::string name = name_of(identity);
    const Identity* known = before.Find(identity.name);
    if (known == nullptr) out->push_back(absl::StrCat(name, " is new"));
    const Identity& former = known ? *known : Identity();
    AppendFieldChanges(name, FieldsOf(former), FieldsOf(identity), out);
    AppendTokenChanges(name, former.tokens, identity.tokens, out);
  }
  for (const Identity& identity : before.identities()) {
    if (after.Find(identity.name) != nullptr) continue;
    out->push_back(absl::StrCat(name_of(identity), " is gone: it can do nothing any more"));
  }
}

/// Appends a sentence for each fingerprint that is revoked by `rules` and not by the `others`.
void AppendRevoked(const Rules& rules, const Rules& others, absl::string_view what,
                   Sentences* out) {
  for (const std::string& fingerprint : rules.revoked_certificates()) {
    if (others.IsRevoked(fingerprint)) continue;
    out->push_back(absl::StrCat("revoked_certificates: ", fingerprint, what));
  }
}

}  // namespace

std::vector<std::string> AccessChanges(const Rules& before, const Rules& after) {
  Sentences sentences;
  AppendIdentityChanges(before, after, &sentences);
  AppendRevoked(after, before, " is new", &sentences);
  AppendRevoked(before, after, " is gone: it is believed again", &sentences);
  AppendFieldChanges("", FieldsOf(before), FieldsOf(after), &sentences);
  return sentences;
}

}  // namespace iocd::config
