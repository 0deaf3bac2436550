#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "config/changes.h"
#include "config/field_changes.h"

namespace iocd::config {
namespace {

using access::Identity;
using access::TokenEntry;
using domain::SendingRights;

std::string CodesText(const SendingRights::Codes& codes) {
  std::vector<std::string> sorted(codes.begin(), codes.end());
  std::sort(sorted.begin(), sorted.end());
  return absl::StrCat("[", absl::StrJoin(sorted, ", "), "]");
}

std::string CodesText(const std::optional<SendingRights::Codes>& codes) {
  return codes ? CodesText(*codes) : "all";
}

// Hashes tell tokens apart, but are nothing to show.
std::string TokensText(const std::vector<TokenEntry>& tokens) {
  return absl::StrCat("[",
                      absl::StrJoin(tokens, ", ",
                                    [](std::string* out, const TokenEntry& token) {
                                      absl::StrAppend(out, token.id);
                                      if (token.until)
                                        absl::StrAppend(out, " until ", ToLocalText(*token.until));
                                    }),
                      "]");
}

Fields FieldsOf(const Identity& identity) {
  const SendingRights& rights = identity.rights;
  return {{"roles", identity.RolesText()},
          {"department", rights.department},
          {"sends_for", rights.for_all ? "all" : CodesText(rights.departments)},
          {"indicators", CodesText(rights.indicators)},
          {"members", CodesText(rights.members)},
          {"tokens", TokensText(identity.tokens)},
          {"revoked", identity.revoked ? "true" : "false"}};
}

}  // namespace

std::vector<std::string> AccessChanges(const access::Rules& before, const access::Rules& after) {
  Sentences sentences;
  AppendItemChanges(
      before.identities(), after.identities(),
      [](const Identity& identity, int) { return absl::StrCat("identity '", identity.name, "'"); },
      [](const Identity& identity, int) { return FieldsOf(identity); },
      " is gone: it can do nothing any more", &sentences);
  AppendFieldChanges(
      "", {{"revoked_certificates", absl::StrCat(before.revoked_certificates().size())}},
      {{"revoked_certificates", absl::StrCat(after.revoked_certificates().size())}}, &sentences);
  return sentences;
}

}  // namespace iocd::config
