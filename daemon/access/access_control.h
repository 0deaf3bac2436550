#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "access/certificate_name.h"
#include "access/rules.h"
#include "access/token_verifier.h"
#include "base/clock.h"
#include "base/mutex.h"
#include "tls/peer_certificate.h"

namespace iocd::access {

/// What a caller shows of themselves.
struct Credentials {
  std::string address;        // IP, as text
  std::string authorization;  // the header or metadata of that name; empty: not sent
  tls::ShownCertificate certificate;
};

/// What a caller has proved, whatever the rules say of it.
struct ProvedToken {
  std::string id, hash;
};
struct ProvedCertificate {
  CertificateName name;
  std::string fingerprint;
  Timestamp until;
};

/// Who calls, as the rules see it. A value; keeps what it points to alive.
class Caller {
 public:
  enum class How : std::uint8_t { kOpenMode, kAnonymous, kToken, kCertificate };

  How how() const { return how_; }
  const std::string& address() const { return address_; }
  /// The identity's name; empty in open mode and for the anonymous.
  absl::string_view name() const;
  /// What the caller was granted to write; nullptr in open mode: everything.
  const domain::SendingRights* rights() const;

 private:
  friend class AccessControl;

  How how_ = How::kOpenMode;
  std::string address_;
  std::shared_ptr<const Rules> rules_;
  const Identity* identity_ = nullptr;  // of rules_
  std::variant<std::monostate, ProvedToken, ProvedCertificate> proof_;
  std::optional<Timestamp> until_;  // of the proof
  std::uint64_t version_ = 0;       // of the rules
};

/// Decides who calls and what they may do. Without rules it is in open mode: everyone may do
/// everything. Thread-safe. No error and no log line has a token or a part of one in it.
class AccessControl {
 public:
  /// nullptr: open mode.
  explicit AccessControl(std::shared_ptr<const Rules> rules = nullptr,
                         TokenVerifier::Compare compare = &TokenMatches);

  /// nullptr: open mode.
  std::shared_ptr<const Rules> InForce() const;

  /// Puts other rules in force, for the next call and at Renew(). Not nullptr.
  void Replace(std::shared_ptr<const Rules> rules);

  /// A token, where one is sent, decides alone; otherwise the certificate. Neither: an anonymous
  /// caller. Unauthenticated: what was shown is not good here, and why. ResourceExhausted: too many
  /// tokens are being tried; again later. May take some seconds for a token that is new here.
  /// `*shown`, for the audit, says what was shown, believed or not: "token 3f2a9c0d1b7e",
  /// "certificate ab12… of stttt"; empty: nothing that could be read.
  absl::StatusOr<Caller> Identify(const Credentials& credentials, const ClockReading& now,
                                  std::string* shown);

  /// Whether Renew() could say something else than before. Takes no lock.
  bool NeedsRenewal(const Caller& caller, Timestamp now) const;

  /// Looks again whether the caller of a long call is still who they were, and takes over what the
  /// rules in force grant. Unauthenticated: they are out.
  absl::Status Renew(Caller* caller, Timestamp now) const;

  /// PermissionDenied: the identity lacks the role. Unauthenticated: someone anonymous.
  absl::Status Check(const Caller& caller, Action action) const;

 private:
  absl::StatusOr<ProvedToken> ProveToken(absl::string_view token, const Rules& rules,
                                         const Credentials& credentials, Duration since_boot,
                                         std::string* shown);
  /// Takes over whom these rules know by the caller's proof. Unauthenticated: nobody, or no longer.
  static absl::Status Judge(std::shared_ptr<const Rules> rules, Timestamp now, Caller* caller);
  std::shared_ptr<const Rules> rules(std::uint64_t* version) const;

  TokenVerifier verifier_;
  mutable Mutex mutex_;
  std::shared_ptr<const Rules> rules_ ABSL_GUARDED_BY(mutex_);
  std::atomic<std::uint64_t> version_ = 1;
};

}  // namespace iocd::access
