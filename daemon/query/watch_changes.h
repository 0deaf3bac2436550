#pragma once

#include <cstddef>
#include <memory>
#include <optional>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/catalogue.h"
#include "ioc/v1/query.pb.h"
#include "standing/standing.h"

namespace iocd::query {

/// What somebody watches. Belongs to one catalogue.
struct WatchScope {
  bool every = false;                     // the targets and indicators of every scope
  std::optional<std::size_t> department;  // index; nullopt: the province
};

/// "province", a department's code, or empty for every scope. NotFound: none of these.
absl::StatusOr<WatchScope> FindWatchScope(const domain::Catalogue& catalogue,
                                          absl::string_view scope);

/// What has changed of a scope of `after.catalogue` since `before`: rows that differ. Everything,
/// and so marked, without `before` or if there is something now that was not, or is no more.
/// nullptr: nothing has changed that calls for a message. What moves with the clock alone does so
/// once an hour, when the hour of `after.now` is another than that of `before.now`
/// (proto/ioc/v1/query.proto lists it).
std::shared_ptr<const ioc::v1::WatchResponse> Changes(const standing::Standing* before,
                                                      const standing::Standing& after,
                                                      const WatchScope& scope);

}  // namespace iocd::query
