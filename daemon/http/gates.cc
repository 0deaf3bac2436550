#include "http/gates.h"

#include <algorithm>
#include <iterator>

#include "http/wall_route.h"

namespace iocd::http {
namespace {

using access::Action;

constexpr Gate kGates[] = {
    {"/", Method::kGet, std::nullopt, "GET /"},
    {"/api/v1", Method::kGet, std::nullopt, "GET /api/v1"},
    {"/-/healthy", Method::kGet, std::nullopt, "GET /-/healthy"},
    {"/-/ready", Method::kGet, std::nullopt, "GET /-/ready"},
    {"/metrics", Method::kGet, Action::kReadMetrics, "GET /metrics"},
    {"/api/v1/departments", Method::kGet, Action::kListCatalogue, "GET /api/v1/departments"},
    {"/api/v1/indicators", Method::kGet, Action::kListCatalogue, "GET /api/v1/indicators"},
    {"/api/v1/series", Method::kGet, Action::kReadFigures, "GET /api/v1/series"},
    {"/api/v1/scorecard", Method::kGet, Action::kReadFigures, "GET /api/v1/scorecard"},
    {"/api/v1/targets", Method::kGet, Action::kReadFigures, "GET /api/v1/targets"},
    {"/api/v1/reports", Method::kGet, Action::kReadFigures, "GET /api/v1/reports"},
    {"/api/v1/watch", Method::kGet, Action::kReadFigures, "GET /api/v1/watch"},
    {"/api/v1/events", Method::kPost, Action::kSend, "POST /api/v1/events", /*takes_body=*/true},
    {"/api/v1/resume", Method::kGet, Action::kResume, "GET /api/v1/resume"},
    {"/-/clock/confirm", Method::kPost, Action::kConfirmClock, "POST /-/clock/confirm"},
    {"/-/reload", Method::kPost, Action::kReload, "POST /-/reload"},
};
// The files of the wall: they hold no figures, so anyone may have them.
constexpr Gate kWallGate = {"/wall/", Method::kGet, std::nullopt, "GET /wall/"};
// What changes something asks who calls.
static_assert(std::all_of(std::begin(kGates), std::end(kGates), [](const Gate& gate) {
  return gate.method == Method::kGet || gate.action.has_value();
}));

}  // namespace

const Gate* GateOf(absl::string_view path) {
  const auto* found = std::find_if(std::begin(kGates), std::end(kGates),
                                   [path](const Gate& gate) { return gate.path == path; });
  if (found != std::end(kGates)) return found;
  return WallFileAt(path) == nullptr ? nullptr : &kWallGate;
}

}  // namespace iocd::http
