#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "ioc/v1/backup.pb.h"

namespace iocctl {

/// What became of a backup, for people.
std::string BackupText(const std::string& directory, const ioc::v1::BackupManifest& manifest);

/// What became of a restore, for people, and what is left to do.
std::string RestoreText(const std::string& backup, const std::string& data_directory,
                        const ioc::v1::BackupManifest& manifest);

/// What the backup holds as one JSON object, for scripts; `path` is the directory that was made,
/// under the name `key`.
std::string BackupJson(absl::string_view key, const std::string& path,
                       const ioc::v1::BackupManifest& manifest);

}  // namespace iocctl
