#include "wire/push_response.h"

#include <string>
#include <variant>

#include "wire/proto_time.h"

namespace iocd::wire {
namespace {

constexpr bool Same(domain::RefusalCode ours, ioc::v1::RejectionCode theirs) {
  return static_cast<int>(ours) == static_cast<int>(theirs);
}
static_assert(Same(domain::RefusalCode::kUnknownIndicator, ioc::v1::UNKNOWN_INDICATOR));
static_assert(Same(domain::RefusalCode::kUnknownDepartment, ioc::v1::UNKNOWN_DEPARTMENT));
static_assert(Same(domain::RefusalCode::kUnknownMember, ioc::v1::UNKNOWN_MEMBER));
static_assert(Same(domain::RefusalCode::kNotPermitted, ioc::v1::NOT_PERMITTED));
static_assert(Same(domain::RefusalCode::kWrongMeasure, ioc::v1::WRONG_MEASURE));
static_assert(Same(domain::RefusalCode::kInvalidValue, ioc::v1::INVALID_VALUE));
static_assert(Same(domain::RefusalCode::kOutOfRange, ioc::v1::OUT_OF_RANGE));
static_assert(Same(domain::RefusalCode::kMissingTime, ioc::v1::MISSING_TIME));
static_assert(Same(domain::RefusalCode::kTooOld, ioc::v1::TOO_OLD));
static_assert(Same(domain::RefusalCode::kInFuture, ioc::v1::IN_FUTURE));

}  // namespace

ioc::v1::PushResponse EmptyResponse(const eventlog::BatchKey& key, Timestamp now) {
  ioc::v1::PushResponse response;
  if (const auto* sequence = std::get_if<eventlog::Sequence>(&key)) {
    response.set_sequence(*sequence);
  } else if (const auto* id = std::get_if<std::string>(&key)) {
    response.set_batch_id(*id);
  }
  *response.mutable_server_time() = ToProto(now);
  return response;
}

ioc::v1::PushResponse ToResponse(const eventlog::BatchKey& key, const engine::Answer& answer,
                                 Timestamp now) {
  ioc::v1::PushResponse response = EmptyResponse(key, now);
  response.set_accepted(answer.accepted);
  response.set_already_counted(answer.already_counted);
  response.set_duplicate(answer.duplicate);
  response.set_answer_expired(answer.answer_expired);
  response.mutable_rejected()->Reserve(static_cast<int>(answer.refusals.size()));
  for (const domain::Refusal& refusal : answer.refusals) {
    ioc::v1::Rejection* rejection = response.add_rejected();
    rejection->set_index(refusal.index);
    rejection->set_code(static_cast<ioc::v1::RejectionCode>(refusal.code));
    rejection->set_message(refusal.message);
  }
  return response;
}

ioc::v1::Error ToError(const absl::Status& status, std::optional<Duration> retry_after) {
  ioc::v1::Error error;
  error.set_code(status.raw_code());
  error.set_message(std::string(status.message()));
  if (retry_after) *error.mutable_retry_after() = ToProto(*retry_after);
  return error;
}

}  // namespace iocd::wire
