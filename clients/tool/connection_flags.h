#pragma once

#include <CLI/App.hpp>
#include <string>

#include "ioc/client/channel.h"

namespace ioc::tool {

/// Adds --target, and --ca, --cert, --key and --token-file with IOC_CA, IOC_CERT, IOC_KEY and
/// IOC_TOKEN_FILE of the environment as their defaults. What they are read into outlives `app`.
void AddConnectionFlags(CLI::App& app, std::string& target, client::ChannelSecurity& security);

}  // namespace ioc::tool
