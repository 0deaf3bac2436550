#pragma once

#include <optional>
#include <string>

#include "iocctl/commands.h"

/// The commands `iocctl audit …`: they read a data directory, without a daemon or beside one. Each
/// prints its result on standard output, problems on standard error, and returns the exit code.
namespace iocctl {

struct AuditShowOptions {
  // Filters; empty: all.
  std::string since, until, action;
  std::optional<std::string> who;  // "" are those without identity
  bool refused = false;            // these alone
};

/// Reads every line; fails if the chain is broken, or if no entry has the hash `head` (empty: none
/// is asked for).
int RunAuditVerify(const CommonOptions& common, const std::string& data_dir,
                   const std::string& head);
/// Entries as a table, or in JSON.
int RunAuditShow(const CommonOptions& common, const std::string& data_dir,
                 const AuditShowOptions& options);

}  // namespace iocctl
