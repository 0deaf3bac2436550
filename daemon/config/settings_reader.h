#pragma once

#include <optional>
#include <vector>

#include "config/configuration.h"
#include "config/yaml_reader.h"

namespace iocd::config {

struct SettingsDraft {
  Settings settings;                      // without catalogue_files, access_file; tls as written
  std::vector<Text> catalogue_files;      // as written
  std::optional<Text> access_file;        // as written
  std::vector<Text> limited_departments;  // that have limits of their own
};

/// Reads the main file, usually iocd.yaml.
SettingsDraft ReadSettings(const YamlFile& file);

}  // namespace iocd::config
