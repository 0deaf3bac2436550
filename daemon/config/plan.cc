#include "config/plan.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

/// Why nobody beyond this machine may be let near the address; empty: they may.
std::string MissingBeyondThisMachine(const Configuration& configuration, bool insecure_listen) {
  if (configuration.access != nullptr) {
    // Whatever the flag: in open mode nobody has a secret that could be read on the way.
    if (configuration.settings.tls) return {};
    return "where tokens could be read on the way; set 'tls' beside 'access' (docs/security.md), "
           "or use a loopback address";
  }
  if (insecure_listen) return {};
  return absl::StrCat("where any sender could send for any department; set 'access'",
                      configuration.settings.tls ? "" : " and 'tls'",
                      " (docs/security.md), use a loopback address, or --insecure-listen");
}

/// One of the two addresses, or nothing and a mistake.
ListenAddress PlanAddress(const std::string& file, const std::string& text,
                          const std::string& missing, std::vector<Mistake>* mistakes) {
  const auto address = ParseListenAddress(text);
  if (!address.ok()) {
    mistakes->push_back({.file = file, .message = std::string(address.status().message())});
    return {};
  }
  if (!address->IsLoopback() && !missing.empty()) {
    mistakes->push_back({.file = file,
                         .message = absl::StrCat(address->ToText(),
                                                 " is reachable from other machines, ", missing)});
  }
  return *address;
}

}  // namespace

std::variant<Plan, std::vector<Mistake>> MakePlan(const Flags& flags, const Clock& clock,
                                                  const tls::TlsMaterial* at_work) {
  auto loaded = Load(flags.config);
  if (auto* found = std::get_if<std::vector<Mistake>>(&loaded)) return std::move(*found);
  std::vector<Mistake> mistakes;
  Plan plan{std::get<Configuration>(std::move(loaded)), {}, {}, flags.demo};
  Settings& settings = plan.configuration.settings;
  settings.data_dir = flags.data_dir.value_or(settings.data_dir);
  if (settings.tls) {
    auto material = tls::LoadMaterial(*settings.tls, clock.Now(), at_work);
    if (material.ok()) {
      plan.tls = *std::move(material);
    } else {
      mistakes.push_back(
          {.file = flags.config, .message = std::string(material.status().message())});
    }
  }
  settings.grpc_listen = flags.grpc_listen.value_or(settings.grpc_listen);
  settings.http_listen = flags.http_listen.value_or(settings.http_listen);
  const std::string missing = MissingBeyondThisMachine(plan.configuration, flags.insecure_listen);
  plan.grpc = PlanAddress(flags.config, settings.grpc_listen, missing, &mistakes);
  plan.http = PlanAddress(flags.config, settings.http_listen, missing, &mistakes);
  if (!mistakes.empty()) return mistakes;
  return plan;
}

}  // namespace iocd::config
