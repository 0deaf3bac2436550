#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "base/file_system.h"

namespace iocd::audit {

/// Where the audit log lies in a data directory.
std::string AuditDirectory(const std::string& data_directory);

/// One file of the log. They are numbered from 1 in the order in which they were begun.
struct AuditFile {
  std::uint64_t number = 0;
  std::string path;
};

/// "DIRECTORY/00000001.jsonl".
std::string AuditFilePath(const std::string& directory, std::uint64_t number);

/// The log's files in `directory`, oldest first; others there are passed over.
absl::StatusOr<std::vector<AuditFile>> ListAuditFiles(FileSystem& file_system,
                                                      const std::string& directory);

}  // namespace iocd::audit
