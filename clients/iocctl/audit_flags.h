#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>

#include "iocctl/audit_commands.h"

namespace iocctl {

/// The flags of `iocctl audit …`.
struct AuditFlags {
  CLI::App* verify = nullptr;
  CLI::App* show = nullptr;
  std::string data_dir = "./var";
  std::string head;
  AuditShowOptions show_options;
};

/// Adds the command to `app`; `flags` must outlive it.
void AddAudit(CLI::App& app, AuditFlags& flags);

/// Runs the one of the two that was named; nullopt: none was.
std::optional<int> RunAudit(const CommonOptions& common, const AuditFlags& flags);

}  // namespace iocctl
