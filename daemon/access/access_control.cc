#include "access/access_control.h"

#include <utility>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "access/certificate_name.h"
#include "access/token.h"
#include "base/utf8.h"

namespace iocd::access {
namespace {

constexpr absl::string_view kBearer = "bearer ";

absl::Status Unknown(const std::string& why) { return absl::UnauthenticatedError(why); }

// The same words for a token that never was, one that is wrong and one that was taken away. Ids are
// no secret, and how long an answer takes tells whether one is known; the secret behind it stays
// one.
absl::Status UnknownToken() {
  return Unknown("the bearer token is not known here, or no longer; ask for a new one");
}

absl::Status Revoked(absl::string_view what) {
  return Unknown(absl::StrCat(what, " has been revoked"));
}

absl::Status CheckUntil(const std::optional<Timestamp>& until, absl::string_view what,
                        Timestamp now) {
  if (!until || now < *until) return absl::OkStatus();
  return Unknown(absl::StrCat("the ", what, " was good until ", ToLocalText(*until), "; renew it"));
}

/// The one URI of the certificate that is meant for this daemon.
absl::StatusOr<CertificateName> NameOf(const tls::PeerCertificate& certificate) {
  std::vector<absl::string_view> ours;
  for (const std::string& uri : certificate.uris) {
    if (absl::StartsWith(uri, "ioc:")) ours.push_back(uri);
  }
  if (ours.size() == 1) return ParseCertificateName(ours[0]);
  return absl::InvalidArgumentError(
      absl::StrCat("the certificate has ", ours.size(),
                   " subject alternative names of the form ioc://TERRITORY/department/CODE or "
                   "ioc://TERRITORY/name/NAME; it must have exactly one"));
}

absl::StatusOr<ProvedCertificate> ProveCertificate(
    const absl::StatusOr<tls::PeerCertificate>& certificate, std::string* shown) {
  if (!certificate.ok()) return Unknown(std::string(certificate.status().message()));
  *shown = absl::StrCat("certificate ", certificate->fingerprint);
  auto name = NameOf(*certificate);
  if (!name.ok()) return Unknown(std::string(name.status().message()));
  absl::StrAppend(shown, " of ", name->name);
  return ProvedCertificate{*std::move(name), certificate->fingerprint, certificate->not_after};
}

absl::StatusOr<const Identity*> FindHolder(const ProvedToken& proved, const Rules& rules,
                                           std::optional<Timestamp>* until) {
  const std::optional<Rules::Owned> owned = rules.FindToken(proved.id);
  if (!owned || owned->token->hash != proved.hash) return UnknownToken();
  *until = owned->token->until;
  return owned->identity;
}

absl::StatusOr<const Identity*> FindHolder(const ProvedCertificate& proved, const Rules& rules,
                                           std::optional<Timestamp>* until) {
  const CertificateName& name = proved.name;
  if (name.territory != rules.territory()) {
    return Unknown(absl::StrCat("the certificate is for ", Quoted(name.territory),
                                "; this is the centre of '", rules.territory(), "'"));
  }
  const Identity* identity = rules.Find(name.name);
  if (identity == nullptr || (name.of_department && identity->rights.department != name.name)) {
    return Unknown(absl::StrCat("the certificate names ", name.of_department ? "department '" : "'",
                                name.name, "', which has no identity here"));
  }
  if (rules.IsRevoked(proved.fingerprint)) {
    return Revoked(absl::StrCat("the certificate of '", name.name, "'"));
  }
  *until = proved.until;
  return identity;
}

}  // namespace

absl::string_view Caller::name() const {
  return identity_ == nullptr ? absl::string_view() : absl::string_view(identity_->name);
}

const domain::SendingRights* Caller::rights() const {
  return identity_ == nullptr ? nullptr : &identity_->rights;
}

AccessControl::AccessControl(std::shared_ptr<const Rules> rules, TokenVerifier::Compare compare)
    : verifier_(std::move(compare)), rules_(std::move(rules)) {}

std::shared_ptr<const Rules> AccessControl::InForce() const {
  std::uint64_t version = 0;
  return rules(&version);
}

void AccessControl::Replace(std::shared_ptr<const Rules> rules) {
  MutexLock lock(mutex_);
  rules_ = std::move(rules);
  version_.fetch_add(1, std::memory_order_acq_rel);
}

std::shared_ptr<const Rules> AccessControl::rules(std::uint64_t* version) const {
  MutexLock lock(mutex_);
  *version = version_.load(std::memory_order_acquire);
  return rules_;
}

absl::StatusOr<Caller> AccessControl::Identify(const Credentials& credentials,
                                               const ClockReading& now, std::string* shown) {
  shown->clear();
  Caller caller;
  caller.address_ = credentials.address;
  const std::shared_ptr<const Rules> in_force = rules(&caller.version_);
  if (in_force == nullptr) return caller;
  const absl::string_view authorization = credentials.authorization;
  if (absl::StartsWithIgnoreCase(authorization, kBearer)) {
    auto token = ProveToken(absl::StripAsciiWhitespace(authorization.substr(kBearer.size())),
                            *in_force, credentials, now.since_boot, shown);
    if (!token.ok()) return token.status();
    caller.how_ = Caller::How::kToken;
    caller.proof_ = *std::move(token);
  } else if (!authorization.empty()) {
    return Unknown(
        "the authorization that was sent is of another kind than Bearer, which is the "
        "only one that is taken here");
  } else if (credentials.certificate) {
    auto certificate = ProveCertificate(*credentials.certificate, shown);
    if (!certificate.ok()) return certificate.status();
    caller.how_ = Caller::How::kCertificate;
    caller.proof_ = *std::move(certificate);
  } else {
    caller.how_ = Caller::How::kAnonymous;
  }
  if (absl::Status good = Judge(in_force, now.wall, &caller); !good.ok()) return good;
  return caller;
}

absl::StatusOr<ProvedToken> AccessControl::ProveToken(absl::string_view token, const Rules& rules,
                                                      const Credentials& credentials,
                                                      Duration since_boot, std::string* shown) {
  const std::optional<absl::string_view> id = TokenId(token);
  if (!id) return UnknownToken();
  *shown = absl::StrCat("token ", *id);
  const std::optional<Rules::Owned> owned = rules.FindToken(*id);
  if (!owned) return UnknownToken();
  absl::StrAppend(shown, " of ", owned->identity->name);
  switch (verifier_.Verify(token, owned->token->hash, credentials.address, since_boot)) {
    case TokenVerifier::Verdict::kWrong:
      return UnknownToken();
    case TokenVerifier::Verdict::kBusy:
      return absl::ResourceExhaustedError(
          "too many bearer tokens are being tried; the same again in a moment");
    case TokenVerifier::Verdict::kResting:
      return absl::ResourceExhaustedError(
          absl::StrCat("wrong bearer tokens with the id ", *id, " came from this address ",
                       TokenVerifier::kMostWrongInAMinute,
                       " times within a minute; also the right one is not looked at before the "
                       "next minute"));
    case TokenVerifier::Verdict::kRight:
      break;
  }
  return ProvedToken{std::string(*id), owned->token->hash};
}

absl::Status AccessControl::Judge(std::shared_ptr<const Rules> rules, Timestamp now,
                                  Caller* caller) {
  const Identity* identity = nullptr;
  std::optional<Timestamp> until;
  if (caller->how_ != Caller::How::kAnonymous) {
    const auto* token = std::get_if<ProvedToken>(&caller->proof_);
    const auto holder =
        token != nullptr ? FindHolder(*token, *rules, &until)
                         : FindHolder(std::get<ProvedCertificate>(caller->proof_), *rules, &until);
    if (!holder.ok()) return holder.status();
    identity = *holder;
    if (identity->revoked) return Revoked(absl::StrCat("'", identity->name, "'"));
    absl::Status good = CheckUntil(until, token != nullptr ? "token" : "certificate", now);
    if (!good.ok()) return good;
  }
  caller->rules_ = std::move(rules);
  caller->identity_ = identity;
  caller->until_ = until;
  return absl::OkStatus();
}

bool AccessControl::NeedsRenewal(const Caller& caller, Timestamp now) const {
  if (caller.how_ == Caller::How::kOpenMode) return false;
  const bool over = caller.until_ && now >= *caller.until_;
  return over || version_.load(std::memory_order_acquire) != caller.version_;
}

absl::Status AccessControl::Renew(Caller* caller, Timestamp now) const {
  if (caller->how_ == Caller::How::kOpenMode) return absl::OkStatus();
  std::uint64_t version = 0;
  std::shared_ptr<const Rules> in_force = rules(&version);
  const std::string name(caller->name());
  absl::Status good = Judge(std::move(in_force), now, caller);
  if (!good.ok()) return good;
  // A token that was given to another identity begins as that one with a new call.
  if (caller->name() != name) return Revoked(absl::StrCat("what '", name, "' had shown"));
  caller->version_ = version;
  return absl::OkStatus();
}

absl::Status AccessControl::Check(const Caller& caller, Action action) const {
  if (caller.how_ == Caller::How::kOpenMode) return absl::OkStatus();
  if (caller.identity_ != nullptr) {
    if (caller.identity_->MayDo(action)) return absl::OkStatus();
    return absl::PermissionDeniedError(absl::StrCat(
        "'", caller.identity_->name, "' (", caller.identity_->RolesText(), ") may not ",
        ActionText(action), "; that takes the role ", RolesThatMay(action)));
  }
  if (caller.rules_->IsOpenTo(caller.address_, action)) return absl::OkStatus();
  return absl::UnauthenticatedError(
      absl::StrCat("to ", ActionText(action),
                   " here, say who you are: with a client certificate, or with the header "
                   "'authorization: Bearer TOKEN'"));
}

}  // namespace iocd::access
