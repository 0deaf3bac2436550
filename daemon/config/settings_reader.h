#pragma once

#include <vector>

#include "config/configuration.h"
#include "config/yaml_reader.h"

namespace iocd::config {

struct SettingsDraft {
  Settings settings;                  // without catalogue_files
  std::vector<Text> catalogue_files;  // as written
};

/// Reads the main file, usually iocd.yaml.
SettingsDraft ReadSettings(const YamlFile& file);

}  // namespace iocd::config
