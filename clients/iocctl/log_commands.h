#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "iocctl/commands.h"

/// The commands `iocctl log …`: they work on a data directory, without a daemon. Each prints its
/// result on standard output, problems on standard error, and returns the exit code.
namespace iocctl {

struct LogDumpOptions {
  // Filters; empty: all.
  std::string department, producer, indicator, reference, from, to;
  std::optional<std::uint64_t> sequence;
};

/// What stands in the directory, and what a start of the daemon would do with it.
int RunLogInspect(const CommonOptions& common, const std::string& data_dir);
/// Reads every byte; fails if any is damaged.
int RunLogVerify(const CommonOptions& common, const std::string& data_dir);
/// Records as JSON lines.
int RunLogDump(const std::string& data_dir, const LogDumpOptions& options);
/// Tells what a mend would lose; with `accept_loss` does it.
int RunLogMend(const CommonOptions& common, const std::string& data_dir, bool accept_loss);

}  // namespace iocctl
