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

// The same words for a token that never was, one that is wrong and one that was taken away: who
// tries tokens learns nothing.
absl::Status UnknownToken() {
  return Unknown("the bearer token is not known here, or no longer; ask for a new one");
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

}  // namespace

absl::string_view Caller::name() const {
  return identity_ == nullptr ? absl::string_view() : absl::string_view(identity_->name);
}

const domain::SendingRights* Caller::rights() const {
  return identity_ == nullptr ? nullptr : &identity_->rights;
}

absl::string_view HowText(Caller::How how) {
  switch (how) {
    case Caller::How::kOpenMode:
      return "open mode";
    case Caller::How::kAnonymous:
      return "nobody";
    case Caller::How::kToken:
      return "token";
    case Caller::How::kCertificate:
      return "certificate";
  }
  return "";
}

AccessControl::AccessControl(std::shared_ptr<const Rules> rules) : rules_(std::move(rules)) {}

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
                                               const ClockReading& now) {
  Caller caller;
  caller.address_ = credentials.address;
  caller.rules_ = rules(&caller.version_);
  if (caller.rules_ == nullptr) return caller;
  const absl::string_view authorization = credentials.authorization;
  if (absl::StartsWithIgnoreCase(authorization, kBearer)) {
    const absl::string_view token =
        absl::StripAsciiWhitespace(authorization.substr(kBearer.size()));
    return IdentifyByToken(token, now, std::move(caller));
  }
  if (!authorization.empty()) {
    return Unknown(
        "the authorization that was sent is of another kind than Bearer, which is the "
        "only one that is taken here");
  }
  if (credentials.certificate) {
    const absl::StatusOr<tls::PeerCertificate>& shown = *credentials.certificate;
    if (!shown.ok()) return Unknown(std::string(shown.status().message()));
    return IdentifyByCertificate(*shown, now.wall, std::move(caller));
  }
  caller.how_ = Caller::How::kAnonymous;
  return caller;
}

absl::StatusOr<Caller> AccessControl::IdentifyByToken(absl::string_view token,
                                                      const ClockReading& now, Caller caller) {
  const std::optional<absl::string_view> id = TokenId(token);
  if (!id) return UnknownToken();
  const std::optional<Rules::Owned> owned = caller.rules_->FindToken(*id);
  if (!owned) return UnknownToken();
  switch (verifier_.Verify(token, owned->token->hash, now.since_boot)) {
    case TokenVerifier::Verdict::kWrong:
      return UnknownToken();
    case TokenVerifier::Verdict::kBusy:
      return absl::ResourceExhaustedError(
          "too many bearer tokens are being tried; the same again in a moment");
    case TokenVerifier::Verdict::kRight:
      break;
  }
  caller.how_ = Caller::How::kToken;
  caller.identity_ = owned->identity;
  caller.proof_ = owned->token->hash;
  caller.until_ = owned->token->until;
  if (owned->identity->revoked) return UnknownToken();
  if (absl::Status good = CheckUntil(caller.until_, "token", now.wall); !good.ok()) return good;
  return caller;
}

absl::StatusOr<Caller> AccessControl::IdentifyByCertificate(const tls::PeerCertificate& certificate,
                                                            Timestamp now, Caller caller) {
  const auto name = NameOf(certificate);
  if (!name.ok()) return Unknown(std::string(name.status().message()));
  const Rules& rules = *caller.rules_;
  if (name->territory != rules.territory()) {
    return Unknown(absl::StrCat("the certificate is for ", Quoted(name->territory),
                                "; this is the centre of '", rules.territory(), "'"));
  }
  const Identity* identity = rules.Find(name->name);
  if (identity == nullptr || (name->of_department && identity->rights.department != name->name)) {
    return Unknown(absl::StrCat("the certificate names ",
                                name->of_department ? "department '" : "'", name->name,
                                "', which has no identity here"));
  }
  if (identity->revoked || rules.IsRevoked(certificate.fingerprint)) {
    return Unknown(absl::StrCat("the certificate of '", name->name, "' has been revoked"));
  }
  caller.how_ = Caller::How::kCertificate;
  caller.identity_ = identity;
  caller.proof_ = certificate.fingerprint;
  caller.until_ = certificate.not_after;
  if (absl::Status good = CheckUntil(caller.until_, "certificate", now); !good.ok()) return good;
  return caller;
}

bool AccessControl::NeedsRenewal(const Caller& caller, Timestamp now) const {
  if (caller.identity_ == nullptr) return false;
  const bool over = caller.until_ && now >= *caller.until_;
  return over || version_.load(std::memory_order_acquire) != caller.version_;
}

absl::Status AccessControl::Renew(Caller* caller, Timestamp now) const {
  if (caller->identity_ == nullptr) return absl::OkStatus();
  if (absl::Status good = CheckUntil(
          caller->until_, caller->how_ == Caller::How::kToken ? "token" : "certificate", now);
      !good.ok()) {
    return good;
  }
  if (version_.load(std::memory_order_acquire) == caller->version_) return absl::OkStatus();
  const std::string name(caller->name());
  absl::Status out = Unknown(absl::StrCat("'", name, "' is no longer known here"));
  std::uint64_t version = 0;
  const std::shared_ptr<const Rules> now_in_force = rules(&version);
  const Identity* identity = now_in_force->Find(name);
  if (identity == nullptr || identity->revoked) return out;
  if (caller->how_ == Caller::How::kToken) {
    const TokenEntry* token = identity->FindTokenByHash(caller->proof_);
    if (token == nullptr) return out;
    caller->until_ = token->until;
  } else if (now_in_force->IsRevoked(caller->proof_)) {
    return out;
  }
  caller->identity_ = identity;
  caller->rules_ = now_in_force;
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
