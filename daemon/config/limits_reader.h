#pragma once

#include <vector>

#include "access/quota.h"
#include "config/yaml_reader.h"

namespace iocd::config {

/// Reads `limits` of iocd.yaml. The departments that it names are added to `*named`, for a look
/// whether the catalogue has them.
access::Quotas ReadLimits(const YamlFile& file, const YAML::Node& node, std::vector<Text>* named);

}  // namespace iocd::config
