#pragma once

#include <CLI/CLI.hpp>

#include "iocctl/commands.h"

namespace iocctl {

/// The flags of `iocctl spool …`.
struct SpoolFlags {
  CLI::App* send = nullptr;
  CLI::App* status = nullptr;
  CLI::App* rejected = nullptr;
  SpoolSendOptions send_options;
  SpoolStatusOptions status_options;
  SpoolRejectedOptions rejected_options;
};

/// Adds the command to `app`; `flags` must outlive it.
void AddSpool(CLI::App& app, SpoolFlags& flags);

/// Runs the one of the three that was named; nullopt: none was.
std::optional<int> RunSpool(const CommonOptions& common, const SpoolFlags& flags);

}  // namespace iocctl
