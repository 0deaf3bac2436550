#pragma once

#include <CLI/CLI.hpp>

#include "iocctl/commands.h"

namespace iocctl {

/// The flags of `iocctl backup` and `iocctl restore`.
struct BackupFlags {
  CLI::App* backup = nullptr;
  CLI::App* restore = nullptr;
  std::string directory;  // of backup
  RestoreOptions restore_options;
};

/// Adds both commands to `app`; `flags` must outlive it.
void AddBackup(CLI::App& app, BackupFlags& flags);

/// Runs the one of the two that was named; nullopt: none was.
std::optional<int> RunBackups(const CommonOptions& common, const BackupFlags& flags);

}  // namespace iocctl
