#include "http/gates.h"

#include <algorithm>
#include <iterator>

namespace iocd::http {

const Gate* GateOf(absl::string_view path) {
  using access::Action;
  static constexpr Gate kGates[] = {
      {"/", std::nullopt, "GET /"},
      {"/-/healthy", std::nullopt, "GET /-/healthy"},
      {"/-/ready", std::nullopt, "GET /-/ready"},
      {"/metrics", Action::kReadMetrics, "GET /metrics"},
      {"/api/v1/departments", Action::kListCatalogue, "GET /api/v1/departments"},
      {"/api/v1/indicators", Action::kListCatalogue, "GET /api/v1/indicators"},
      {"/api/v1/series", Action::kReadFigures, "GET /api/v1/series"},
      {"/api/v1/scorecard", Action::kReadFigures, "GET /api/v1/scorecard"},
      {"/api/v1/events", Action::kSend, "POST /api/v1/events"},
      {"/api/v1/resume", Action::kResume, "GET /api/v1/resume"},
      {"/-/clock/confirm", Action::kConfirmClock, "POST /-/clock/confirm"},
      {"/-/reload", Action::kReload, "POST /-/reload"},
  };
  const auto* found = std::find_if(std::begin(kGates), std::end(kGates),
                                   [path](const Gate& gate) { return gate.path == path; });
  return found == std::end(kGates) ? nullptr : found;
}

}  // namespace iocd::http
