#pragma once

#include <optional>
#include <vector>

#include "access/rules.h"
#include "config/yaml_reader.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// Reads the file of identities (docs/security.md) and checks it against the catalogue. Mistakes go
/// where `file` sends them; what is returned is to be used only if there are none.
access::Rules::Data ReadAccess(const YamlFile& file, const domain::CatalogueData& catalogue,
                               Mistakes& mistakes);

}  // namespace iocd::config
