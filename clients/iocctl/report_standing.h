#pragma once

#include <cstdint>

#include "ioc/v1/query.pb.h"

namespace iocctl {

/// How a report stands for whoever asks who has not reported: its state, and when it is due. The
/// most pressing first.
enum class Standing : std::uint8_t {
  kLate,
  kMissing,
  kGrace,     // the due time has passed, the days of grace have not
  kDueToday,  // and that time is still to come
  kDueLater,  // owed already, due after today
  kWaived,
  kSentLate,
  kSent,
  kNotOwedYet,  // also `fresh`, which therefore does not mean that something was sent
};

/// At `now`, the time of the daemon's answer; days are those of the province.
Standing StandingOf(const ioc::v1::Report& report, const google::protobuf::Timestamp& now);

}  // namespace iocctl
