#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "grpcpp/channel.h"
#include "ioc/client/channel.h"

namespace ioc::tool {

/// By a department's code.
using DepartmentChannels = std::map<std::string, std::shared_ptr<grpc::Channel>>;

/// A channel to one daemon for each department, for whoever sends for several. With a `directory`
/// each shows its department's certificate (department-CODE.crt and .key in it, as
/// scripts/make-certificates names them) in place of what `security` shows; without (empty), all
/// share the channel to that daemon that there is already. Errors: those of client::Connect().
absl::StatusOr<DepartmentChannels> ConnectDepartments(const std::shared_ptr<grpc::Channel>& shared,
                                                      const std::string& target,
                                                      const client::ChannelSecurity& security,
                                                      const std::string& directory,
                                                      const std::vector<std::string>& departments);

}  // namespace ioc::tool
