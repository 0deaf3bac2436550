#pragma once

#include <cstddef>
#include <vector>

#include "absl/strings/string_view.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "engine/engine.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// The targets of a scope, in catalogue order; an empty scope is every one. Those in force, and
/// with `superseded` also those whose place a newer document took. Indices into the catalogue's
/// targets.
std::vector<std::size_t> TargetsOfScope(const domain::Catalogue& catalogue, absl::string_view scope,
                                        bool superseded);

/// One of them, held against the engine's state at `now`. `catalogue` is, or was, the engine's.
ioc::v1::TargetRow AssessedRow(const engine::Engine& engine, const domain::Catalogue& catalogue,
                               std::size_t target, Timestamp now);

}  // namespace iocd::query
