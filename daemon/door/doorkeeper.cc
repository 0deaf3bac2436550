#include "door/doorkeeper.h"

#include <memory>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "audit/refusal_action.h"
#include "door/grpc_credentials.h"
#include "wire/status_mapping.h"

namespace iocd::door {
namespace {

audit::How HowOf(access::Caller::How how) {
  switch (how) {
    case access::Caller::How::kToken:
      return audit::How::kToken;
    case access::Caller::How::kCertificate:
      return audit::How::kCertificate;
    case access::Caller::How::kAnonymous:
      return audit::How::kNobody;
    case access::Caller::How::kOpenMode:
      return audit::How::kOpen;
  }
  return audit::How::kOpen;
}

CallerPtr MakeCaller(access::Caller identity, absl::string_view call) {
  Caller caller;
  caller.who = std::string(identity.name());
  caller.from = identity.address();
  caller.how = HowOf(identity.how());
  caller.call = call;
  caller.identity = std::move(identity);
  return std::make_shared<const Caller>(std::move(caller));
}

}  // namespace

absl::StatusOr<CallerPtr> Doorkeeper::Admit(const access::Credentials& credentials,
                                            access::Action action, absl::string_view call) {
  std::string shown;
  auto identity = access_.Identify(credentials, clock_.ReadBoth(), &shown);
  if (!identity.ok()) {
    // By what they meant to be known: a token decides where one was sent.
    const auto how = !credentials.authorization.empty()    ? audit::How::kToken
                     : credentials.certificate.has_value() ? audit::How::kCertificate
                                                           : audit::How::kNobody;
    return TurnAway({.from = credentials.address, .how = how, .call = call}, action, shown,
                    identity.status());
  }
  CallerPtr caller = MakeCaller(*std::move(identity), call);
  const absl::Status allowed = access_.Check(caller->identity, action);
  if (!allowed.ok()) return TurnAway(*caller, action, "", allowed);
  return caller;
}

absl::StatusOr<CallerPtr> Doorkeeper::Admit(const grpc::ServerContextBase& context,
                                            access::Action action, absl::string_view call) {
  return Admit(CredentialsOf(context, shown_certificates_), action, call);
}

absl::StatusOr<CallerPtr> Doorkeeper::Renew(const CallerPtr& caller, access::Action action) {
  if (!access_.NeedsRenewal(caller->identity, clock_.Now())) return caller;
  access::Caller identity = caller->identity;
  absl::Status good = access_.Renew(&identity, clock_.Now());
  if (good.ok()) good = access_.Check(identity, action);
  if (!good.ok()) return TurnAway(*caller, action, "", good);
  return MakeCaller(std::move(identity), caller->call);
}

absl::Status Doorkeeper::TurnAway(const audit::Caller& caller, access::Action action,
                                  absl::string_view shown, const absl::Status& why) {
  audit::Entry entry = audit::EntryOf(caller, audit::RefusalAction(why.code()));
  entry.outcome = audit::Outcome::kRefused;
  entry.what = std::string(access::ActionText(action));
  if (!shown.empty()) absl::StrAppend(&entry.what, "; shown: ", shown);
  entry.why = std::string(why.message());
  recorder_.Record(std::move(entry));
  metrics_.CountRefusedCall(why.code());
  return why;
}

std::optional<Duration> RetryAfter(const absl::Status& refusal) {
  if (!absl::IsResourceExhausted(refusal)) return std::nullopt;
  return Doorkeeper::kRetryAfter;
}

grpc::Status ToGrpcStatus(const absl::Status& refusal) {
  return wire::ToGrpcStatus(refusal, RetryAfter(refusal));
}

}  // namespace iocd::door
