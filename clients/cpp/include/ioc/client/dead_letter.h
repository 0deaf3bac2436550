#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ioc/v1/ingest.pb.h"

namespace ioc::client {

/// An event that is not known to be counted, and why. A refused one is mended and sent anew, under
/// a new sequence; one of a batch that was given up, or whose answer expired, may be counted
/// already.
struct DeadLetter {
  ioc::v1::Event event;
  /// Its place among the events that Publisher::Publish() took, from 0.
  std::uint64_t index = 0;
  /// A RejectionCode's name ("OUT_OF_RANGE"), "ANSWER_EXPIRED" where the daemon no longer knows
  /// what became of it, or the status of the batch ("ALREADY_EXISTS").
  std::string code;
  std::string message;
};

/// The events of `request` that its answer does not call counted: all of them where `status` is not
/// OK or the answer expired, otherwise those that `response` rejects. `first_index` is the place of
/// the batch's first event.
std::vector<DeadLetter> DeadLettersOf(const ioc::v1::PushRequest& request,
                                      const absl::Status& status,
                                      const ioc::v1::PushResponse& response,
                                      std::uint64_t first_index = 0);

}  // namespace ioc::client
