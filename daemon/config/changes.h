#pragma once

#include <string>
#include <vector>

#include "config/configuration.h"

namespace iocd::config {

/// What differs between the catalogue at work and the one that takes its place: a sentence each,
/// for the operator who has changed the files, with what becomes of the values of before. Order in
/// the files, and in which of them something stands, makes no difference. Ids are not looked at.
std::vector<std::string> CatalogueChanges(const domain::CatalogueData& before,
                                          const domain::CatalogueData& after);

/// The same for who may do what. Everything that differs is told, but for what stands in a token's
/// hash: that it is another one.
std::vector<std::string> AccessChanges(const access::Rules& before, const access::Rules& after);

/// The same for the settings that a running daemon takes over.
std::vector<std::string> SettingsChanges(const Settings& before, const Settings& after);

/// The same for the others, which take effect at the next start: `started` are those of this one.
std::vector<std::string> ChangesAtNextStart(const Settings& started, const Settings& after);

}  // namespace iocd::config
