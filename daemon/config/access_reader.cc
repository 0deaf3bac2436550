#include "config/access_reader.h"

#include <algorithm>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "access/certificate_name.h"
#include "access/token.h"
#include "base/hexadecimal.h"
#include "config/code_index.h"
#include "domain/civil_date.h"

namespace iocd::config {
namespace {

using access::Identity;
using access::Network;
using access::Role;
using access::Rules;

constexpr std::size_t kFingerprintDigits = 64;

/// Codes that a list may name, so that a wrong one can be pointed out.
class KnownCodes {
 public:
  KnownCodes(std::string what, Mistakes& mistakes) : index_(std::move(what), mistakes) {}

  void Add(const std::string& code) {
    if (seen_.insert(code).second) index_.Add(code, {});
  }
  void Check(const Text& code) const { index_.Resolve(code); }
  bool Has(const std::string& code) const { return seen_.contains(code); }

 private:
  CodeIndex index_;
  absl::flat_hash_set<std::string> seen_;  // members of two sets may share a code
};

class AccessReader {
 public:
  AccessReader(const YamlFile& file, const domain::CatalogueData& catalogue, Mistakes& mistakes)
      : file_(file),
        names_("identity", mistakes),
        tokens_("token", mistakes),
        departments_("department", mistakes),
        indicators_("indicator", mistakes),
        members_("member", mistakes) {
    data_.territory = catalogue.territory;
    for (const auto& department : catalogue.departments) departments_.Add(department.code);
    for (const auto& indicator : catalogue.indicators) indicators_.Add(indicator.code);
    for (const auto& set : catalogue.member_sets) {
      for (const auto& member : set.members) members_.Add(member.code);
    }
  }

  Rules::Data Read() {
    const MapReader map(file_, file_.root(), "the file of identities",
                        {"identities", "revoked_certificates", "open"});
    if (const auto list = map.RequiredNode("identities")) {
      for (const YAML::Node& item : file_.ReadList(*list, "identities")) ReadIdentity(item);
    }
    for (const Text& text : ReadTexts(map, "revoked_certificates")) ReadFingerprint(text);
    if (const auto open = map.Node("open")) ReadOpen(*open);
    return std::move(data_);
  }

 private:
  std::vector<Text> ReadTexts(const MapReader& map, absl::string_view key) const {
    std::vector<Text> texts;
    const std::optional<YAML::Node> list = map.Node(key);
    if (!list) return texts;
    for (const YAML::Node& item : file_.ReadList(*list, key)) {
      if (std::optional<Text> text = file_.ReadText(item, key)) texts.push_back(*std::move(text));
    }
    return texts;
  }

  void ReadIdentity(const YAML::Node& node) {
    const MapReader map(
        file_, node, "an identity",
        {"name", "roles", "department", "sends_for", "indicators", "members", "tokens", "revoked"});
    if (!map.IsMap()) return;
    Identity identity;
    ReadName(map, identity);
    ReadRoles(map, identity);
    ReadRights(map, identity);
    ReadTokens(map, identity);
    if (const auto revoked = map.Optional("revoked")) {
      identity.revoked = revoked->value == "true";
      if (!identity.revoked && revoked->value != "false") {
        file_.Object(revoked->place,
                     absl::StrCat("'revoked' is '", revoked->value, "'; true or false is allowed"));
      }
    }
    data_.identities.push_back(std::move(identity));
  }

  void ReadName(const MapReader& map, Identity& identity) {
    const std::optional<Text> name = map.Required("name");
    if (!name) return;
    identity.name = name->value;
    if (!access::IsName(name->value)) {
      file_.Object(name->place,
                   absl::StrCat("'", name->value,
                                "' is no name of an identity: 1 to 64 lower-case letters, digits, "
                                "'_', '-' and '.', the first a letter or digit"));
    }
    names_.Add(name->value, name->place);
  }

  void ReadRoles(const MapReader& map, Identity& identity) const {
    const std::optional<YAML::Node> list = map.RequiredNode("roles");
    if (!list) return;
    for (const Text& text : ReadTexts(map, "roles")) {
      const Role role =
          ParseWord<Role>(file_, text, "role", &access::ParseRole,
                          {"sender", "reader", "approver", "administrator"}, Role::kReader);
      if (!identity.Has(role)) identity.roles.push_back(role);
    }
    if (list->IsSequence() && list->size() == 0) file_.Object(*list, "'roles' names no role");
  }

  void ReadRights(const MapReader& map, Identity& identity) const {
    domain::SendingRights& rights = identity.rights;
    rights.sender = identity.name;
    if (!identity.Has(Role::kSender)) {
      for (const absl::string_view key : {"department", "sends_for", "indicators", "members"}) {
        if (const auto node = map.Node(key)) {
          file_.Object(*node,
                       absl::StrCat("'", key, "' is only for an identity with the role sender"));
        }
      }
      return;
    }
    if (const auto department = map.Required("department")) {
      departments_.Check(*department);
      rights.department = department->value;
      if (department->value != identity.name && departments_.Has(identity.name)) {
        file_.Object(department->place,
                     absl::StrCat("the identity '", identity.name,
                                  "' has the name of another "
                                  "department than it sends as, '",
                                  department->value,
                                  "'; give it another name, or write department: ", identity.name));
      }
    }
    ReadSendsFor(map, rights);
    rights.indicators = ReadCodes(map, "indicators", indicators_);
    rights.members = ReadCodes(map, "members", members_);
  }

  /// `all`, or a list of departments.
  void ReadSendsFor(const MapReader& map, domain::SendingRights& rights) const {
    const std::optional<YAML::Node> node = map.Node("sends_for");
    if (!node) return;
    if (node->IsScalar() && node->Scalar() == "all") {
      rights.for_all = true;
      return;
    }
    rights.departments = ReadCodes(map, "sends_for", departments_).value_or(rights.departments);
  }

  std::optional<domain::SendingRights::Codes> ReadCodes(const MapReader& map, absl::string_view key,
                                                        const KnownCodes& known) const {
    if (!map.Node(key)) return std::nullopt;
    domain::SendingRights::Codes codes;
    for (const Text& text : ReadTexts(map, key)) {
      known.Check(text);
      codes.insert(text.value);
    }
    return codes;
  }

  void ReadTokens(const MapReader& map, Identity& identity) {
    const std::optional<YAML::Node> list = map.Node("tokens");
    if (!list) return;
    for (const YAML::Node& item : file_.ReadList(*list, "tokens")) {
      const MapReader token(file_, item, "a token", {"id", "hash", "until"});
      if (token.IsMap()) ReadToken(token, identity);
    }
  }

  // What stands in the place of a hash may be a token that someone pasted: it is never repeated.
  void ReadToken(const MapReader& map, Identity& identity) {
    access::TokenEntry entry;
    if (const auto id = map.Required("id")) {
      entry.id = id->value;
      if (!access::IsTokenId(id->value)) {
        file_.Object(id->place,
                     "the token's id must be 12 hexadecimal digits, as 'iocctl token "
                     "new' prints it");
      } else {
        tokens_.Add(id->value, id->place);
      }
    }
    if (const auto hash = map.Required("hash")) {
      entry.hash = hash->value;
      if (!access::IsTokenHash(hash->value)) {
        file_.Object(hash->place,
                     "this is no hash of a token as 'iocctl token new' prints it "
                     "($argon2id$...); never put a token itself here");
      }
    }
    if (const auto until = map.Optional("until")) {
      const auto date = domain::ParseDateOrYearEnd(until->value);
      if (date) {
        entry.until = date->Start();
      } else {
        file_.Object(until->place, absl::StrCat("'", until->value,
                                                "' is no date; write 2027-12-31: the token is good "
                                                "until that day begins"));
      }
    }
    identity.tokens.push_back(std::move(entry));
  }

  // openssl prints "SHA256 Fingerprint=AB:CD:…": its digits are taken with or without colons.
  void ReadFingerprint(const Text& text) {
    const std::string digits = absl::AsciiStrToLower(absl::StrReplaceAll(text.value, {{":", ""}}));
    if (!IsHexadecimal(digits, kFingerprintDigits)) {
      file_.Object(text.place,
                   "a revoked certificate is named by its SHA-256 fingerprint, 64 "
                   "hexadecimal digits: openssl x509 -noout -fingerprint -sha256");
    }
    data_.revoked_certificates.push_back(digits);
  }

  void ReadOpen(const YAML::Node& node) {
    const MapReader map(file_, node, "'open'", {"metrics", "wall"});
    data_.open_metrics = ReadNetworks(map, "metrics");
    data_.open_wall = ReadNetworks(map, "wall");
  }

  std::vector<Network> ReadNetworks(const MapReader& map, absl::string_view key) const {
    std::vector<Network> networks;
    for (const Text& text : ReadTexts(map, key)) {
      const std::optional<Network> network = Network::Parse(text.value);
      if (network) {
        networks.push_back(*network);
      } else {
        file_.Object(text.place,
                     absl::StrCat("'", text.value,
                                  "' is no network; write 10.1.0.0/16, with no bit set behind the "
                                  "prefix, or 10.1.2.3/32 for one address"));
      }
    }
    return networks;
  }

  const YamlFile& file_;
  CodeIndex names_, tokens_;
  KnownCodes departments_, indicators_, members_;
  Rules::Data data_;
};

}  // namespace

access::Rules::Data ReadAccess(const YamlFile& file, const domain::CatalogueData& catalogue,
                               Mistakes& mistakes) {
  return AccessReader(file, catalogue, mistakes).Read();
}

}  // namespace iocd::config
