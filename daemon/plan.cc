#include "plan.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd {
namespace {

/// One of the two addresses, or nothing and a mistake.
/// `trusted`: callers are known, and what they send cannot be read on the way.
ListenAddress PlanAddress(const std::string& text, bool trusted, Mistakes* mistakes) {
  const auto address = ParseListenAddress(text);
  if (!address.ok()) {
    mistakes->emplace_back(address.status().message());
    return {};
  }
  if (!address->IsLoopback() && !trusted) {
    mistakes->push_back(absl::StrCat(
        address->ToText(),
        " is reachable from other machines, where any sender could send for any department; set ",
        "'access' and 'tls' (docs/security.md), use a loopback address, or --insecure-listen"));
  }
  return *address;
}

}  // namespace

std::variant<Plan, Mistakes> MakePlan(const Flags& flags, const Clock& clock) {
  auto loaded = config::Load(flags.config);
  Mistakes mistakes;
  if (const auto* found = std::get_if<std::vector<config::Mistake>>(&loaded)) {
    for (const config::Mistake& mistake : *found) mistakes.push_back(mistake.ToText());
    return mistakes;
  }
  Plan plan{std::get<config::Configuration>(std::move(loaded)), {}, {}, flags.demo};
  config::Settings& settings = plan.configuration.settings;
  settings.data_dir = flags.data_dir.value_or(settings.data_dir);
  if (settings.tls) {
    auto material = tls::LoadMaterial(*settings.tls, clock.Now());
    if (material.ok()) {
      plan.tls = *std::move(material);
    } else {
      mistakes.push_back(absl::StrCat(flags.config, ": ", material.status().message()));
    }
  }
  settings.grpc_listen = flags.grpc_listen.value_or(settings.grpc_listen);
  settings.http_listen = flags.http_listen.value_or(settings.http_listen);
  const bool trusted = flags.insecure_listen || (plan.configuration.access && settings.tls);
  plan.grpc = PlanAddress(settings.grpc_listen, trusted, &mistakes);
  plan.http = PlanAddress(settings.http_listen, trusted, &mistakes);
  if (!mistakes.empty()) return mistakes;
  return plan;
}

}  // namespace iocd
