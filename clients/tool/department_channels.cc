#include "tool/department_channels.h"

#include "absl/strings/str_cat.h"

namespace ioc::tool {

absl::StatusOr<DepartmentChannels> ConnectDepartments(const std::shared_ptr<grpc::Channel>& shared,
                                                      const std::string& target,
                                                      const client::ChannelSecurity& security,
                                                      const std::string& directory,
                                                      const std::vector<std::string>& departments) {
  DepartmentChannels channels;
  for (const std::string& department : departments) {
    if (directory.empty()) {
      channels[department] = shared;
      continue;
    }
    const std::string stem = absl::StrCat(directory, "/department-", department);
    const auto own = client::Connect(target, {.ca_file = security.ca_file,
                                              .certificate_file = absl::StrCat(stem, ".crt"),
                                              .key_file = absl::StrCat(stem, ".key"),
                                              .token_file = ""});
    if (!own.ok()) return own.status();
    channels[department] = *own;
  }
  return channels;
}

}  // namespace ioc::tool
