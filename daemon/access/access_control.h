#pragma once

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
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
  std::string proof_;                   // the token's hash or the certificate's fingerprint
  std::optional<Timestamp> until_;      // of the token or certificate
  std::uint64_t version_ = 0;           // of the rules
};

/// "open mode", "nobody", "token", "certificate", for the audit.
absl::string_view HowText(Caller::How how);

/// Decides who calls and what they may do. Without rules it is in open mode: everyone may do
/// everything. Thread-safe. No error and no log line has a token or a part of one in it.
class AccessControl {
 public:
  /// nullptr: open mode.
  explicit AccessControl(std::shared_ptr<const Rules> rules = nullptr);

  bool IsOpen() const { return InForce() == nullptr; }
  /// nullptr: open mode.
  std::shared_ptr<const Rules> InForce() const;

  /// Puts other rules in force, for the next call and at Renew(). Not nullptr.
  void Replace(std::shared_ptr<const Rules> rules);

  /// A token, where one is sent, decides alone; otherwise the certificate. Neither: an anonymous
  /// caller. Unauthenticated: what was shown is not good here, and why. ResourceExhausted: too many
  /// tokens are being tried; again in a moment. May take a second for a token that is new here.
  absl::StatusOr<Caller> Identify(const Credentials& credentials, const ClockReading& now);

  /// Whether Renew() could say something else than before. Takes no lock.
  bool NeedsRenewal(const Caller& caller, Timestamp now) const;

  /// Looks again whether the caller of a long call is still who they were, and takes over what the
  /// rules in force grant. Unauthenticated: they are out.
  absl::Status Renew(Caller* caller, Timestamp now) const;

  /// PermissionDenied: the identity lacks the role. Unauthenticated: someone anonymous.
  absl::Status Check(const Caller& caller, Action action) const;

 private:
  absl::StatusOr<Caller> IdentifyByToken(absl::string_view token, const ClockReading& now,
                                         Caller caller);
  static absl::StatusOr<Caller> IdentifyByCertificate(const tls::PeerCertificate& certificate,
                                                      Timestamp now, Caller caller);
  std::shared_ptr<const Rules> rules(std::uint64_t* version) const;

  TokenVerifier verifier_;
  mutable Mutex mutex_;
  std::shared_ptr<const Rules> rules_ ABSL_GUARDED_BY(mutex_);
  std::atomic<std::uint64_t> version_ = 1;
};

}  // namespace iocd::access
