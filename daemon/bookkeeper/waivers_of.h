#pragma once

#include <vector>

#include "domain/catalogue.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// All waivers of a catalogue, with codes instead of indices.
std::vector<ledger::Waiver> WaiversOf(const domain::CatalogueData& data);

}  // namespace iocd::bookkeeper
