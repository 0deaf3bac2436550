#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ioc/v1/ingest.pb.h"

namespace iocctl {

/// The fields of one event as people write them; empty: not given.
struct EventTexts {
  std::string indicator, member, time, value, numerator, denominator, weight, reference;
};

/// Fills `event` from the texts. Returns every mistake, "time: …"; with any, `event` is not
/// complete. `unit` is the indicator's. What the daemon checks (bounds, members) is left to it.
std::vector<std::string> BuildEvent(const EventTexts& texts, absl::string_view unit, absl::Time now,
                                    ioc::v1::Event& event);

}  // namespace iocctl
