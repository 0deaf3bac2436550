#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/listen_address.h"
#include "config/configuration.h"
#include "tls/material.h"

namespace iocd::config {

/// What stood on the command line; it wins over the configuration file.
struct Flags {
  std::string config;
  std::optional<std::string> data_dir, grpc_listen, http_listen;
  bool demo = false;
  bool insecure_listen = false;
};

/// What is settled before anything runs.
struct Plan {
  Configuration configuration;
  ListenAddress grpc, http;
  bool demo = false;
  std::shared_ptr<const tls::TlsMaterial> tls = nullptr;  // nullptr: both doors are plain
};

/// Everything that can be wrong before the daemon touches its data: all of it, if anything is.
/// Also for what is to be reloaded, so that a next start would not refuse it; but what is `at_work`
/// (nullptr: nothing) may have ended since. `clock` says which certificates are valid.
std::variant<Plan, std::vector<Mistake>> MakePlan(const Flags& flags, const Clock& clock,
                                                  const tls::TlsMaterial* at_work = nullptr);

}  // namespace iocd::config
