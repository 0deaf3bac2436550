#include "ioc/client/dead_letter.h"

namespace ioc::client {

std::vector<DeadLetter> DeadLettersOf(const ioc::v1::PushRequest& request,
                                      const absl::Status& status,
                                      const ioc::v1::PushResponse& response,
                                      std::uint64_t first_index) {
  std::vector<DeadLetter> letters;
  const auto add = [&](int index, const std::string& code, const std::string& message) {
    letters.push_back({.event = request.events(index),
                       .index = first_index + static_cast<std::uint64_t>(index),
                       .code = code,
                       .message = message});
  };
  if (!status.ok() || response.answer_expired()) {
    const std::string code =
        status.ok() ? "ANSWER_EXPIRED" : absl::StatusCodeToString(status.code());
    const std::string message =
        status.ok() ? "the batch was taken earlier, and its answer is no longer kept"
                    : std::string(status.message());
    for (int i = 0; i < request.events_size(); ++i) add(i, code, message);
    return letters;
  }
  for (const auto& rejection : response.rejected()) {
    if (rejection.index() >= static_cast<std::uint32_t>(request.events_size())) continue;
    add(static_cast<int>(rejection.index()), ioc::v1::RejectionCode_Name(rejection.code()),
        rejection.message());
  }
  return letters;
}

}  // namespace ioc::client
