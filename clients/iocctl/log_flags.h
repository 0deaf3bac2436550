#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "iocctl/log_commands.h"

namespace iocctl {

/// The flags of `iocctl log …`.
struct LogFlags {
  CLI::App* inspect = nullptr;
  CLI::App* verify = nullptr;
  CLI::App* dump = nullptr;
  CLI::App* mend = nullptr;
  std::string data_dir = "./var";
  LogDumpOptions dump_options;
  bool accept_loss = false;
};

/// Adds the command to `app`; `flags` must outlive it.
void AddLog(CLI::App& app, LogFlags& flags);

/// Runs the one of the four that was named; nullopt: none was.
std::optional<int> RunLog(const CommonOptions& common, const LogFlags& flags);

}  // namespace iocctl
