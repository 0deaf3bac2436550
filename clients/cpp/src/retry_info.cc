#include "retry_info.h"

#include <string>

#include "absl/strings/match.h"
#include "google/protobuf/any.pb.h"
#include "google/protobuf/duration.pb.h"
#include "google/protobuf/unknown_field_set.h"

namespace ioc::client {
namespace {

absl::Duration ToDuration(const google::protobuf::Duration& duration) {
  return absl::Seconds(duration.seconds()) + absl::Nanoseconds(duration.nanos());
}

}  // namespace

absl::Status ToAbslStatus(const grpc::Status& status) {
  return absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message());
}

std::optional<absl::Duration> RetryAfter(const grpc::Status& status) {
  constexpr int kDetails = 3;     // google.rpc.Status.details
  constexpr int kRetryDelay = 1;  // google.rpc.RetryInfo.retry_delay
  google::protobuf::UnknownFieldSet fields;
  if (!fields.ParseFromString(status.error_details())) return std::nullopt;
  for (int i = 0; i < fields.field_count(); ++i) {
    const auto& field = fields.field(i);
    if (field.number() != kDetails ||
        field.type() != google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED) {
      continue;
    }
    google::protobuf::Any detail;
    google::protobuf::UnknownFieldSet info;
    if (!detail.ParseFromString(field.length_delimited()) ||
        !absl::EndsWith(detail.type_url(), "/google.rpc.RetryInfo") ||
        !info.ParseFromString(detail.value())) {
      continue;
    }
    google::protobuf::Duration delay;
    for (int k = 0; k < info.field_count(); ++k) {
      if (info.field(k).number() == kRetryDelay &&
          info.field(k).type() == google::protobuf::UnknownField::TYPE_LENGTH_DELIMITED &&
          delay.ParseFromString(info.field(k).length_delimited())) {
        return ToDuration(delay);
      }
    }
  }
  return std::nullopt;
}

std::optional<absl::Duration> RetryAfter(const ioc::v1::Error& error) {
  if (!error.has_retry_after()) return std::nullopt;
  return ToDuration(error.retry_after());
}

bool MayRetry(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
    case absl::StatusCode::kCancelled:
    case absl::StatusCode::kUnknown:
    case absl::StatusCode::kInternal:
    case absl::StatusCode::kAborted:
    case absl::StatusCode::kDeadlineExceeded:
      return true;
    default:
      return false;
  }
}

}  // namespace ioc::client
