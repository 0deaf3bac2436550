#pragma once

#include <memory>
#include <optional>
#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ioc/client/spool.h"
#include "sqlite.h"

namespace ioc::client {

/// Opens DIRECTORY/spool.db, with the settings that make each commit durable. Checks the format.
absl::StatusOr<std::unique_ptr<Database>> OpenSpoolFile(const std::string& directory);

/// The same; makes the directory and the file where they are missing, durably.
absl::StatusOr<std::unique_ptr<Database>> OpenOrMakeSpoolFile(const SpoolOptions& options,
                                                              absl::Time now);

/// Times in the file: "2026-11-22T08:41:07.250+07:00", so that they sort as texts.
std::string TimeText(absl::Time time);
/// nullopt for an empty text.
std::optional<absl::Time> ParseTimeText(const std::string& text);

}  // namespace ioc::client
