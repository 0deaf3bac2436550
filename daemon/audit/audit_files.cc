#include "audit/audit_files.h"

#include <algorithm>
#include <optional>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/strings/strip.h"

namespace iocd::audit {
namespace {

constexpr absl::string_view kSuffix = ".jsonl";
constexpr std::size_t kDigits = 8;

std::optional<std::uint64_t> ParseName(absl::string_view name) {
  std::uint64_t number = 0;
  if (!absl::ConsumeSuffix(&name, kSuffix) || name.size() < kDigits ||
      !std::all_of(name.begin(), name.end(), absl::ascii_isdigit) ||
      !absl::SimpleAtoi(name, &number)) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

std::string AuditDirectory(const std::string& data_directory) { return data_directory + "/audit"; }

std::string AuditFilePath(const std::string& directory, std::uint64_t number) {
  return absl::StrCat(directory, "/", absl::StrFormat("%08d", number), kSuffix);
}

absl::StatusOr<std::vector<AuditFile>> ListAuditFiles(FileSystem& file_system,
                                                      const std::string& directory) {
  const auto names = file_system.List(directory);
  if (!names.ok()) return names.status();
  std::vector<AuditFile> files;
  for (const std::string& name : *names) {
    if (const auto number = ParseName(name))
      files.push_back({*number, absl::StrCat(directory, "/", name)});
  }
  std::sort(files.begin(), files.end(),
            [](const AuditFile& a, const AuditFile& b) { return a.number < b.number; });
  return files;
}

}  // namespace iocd::audit
