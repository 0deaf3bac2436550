#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "domain/catalogue.h"
#include "domain/reports.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// The departments of which a scope's scorecard speaks: the one, or without one all that exist on
/// the day of `now`. Indices, in catalogue order.
std::vector<std::size_t> DepartmentsOn(const domain::Catalogue& catalogue,
                                       std::optional<std::size_t> one, Timestamp now);

/// Reports as messages of proto/ioc/v1/query.proto.
ioc::v1::Report ToProto(const domain::Catalogue& catalogue, const domain::Report& report);
ioc::v1::DepartmentReports ToProto(const domain::Catalogue& catalogue, std::size_t department,
                                   const domain::DepartmentReports& reports);

}  // namespace iocd::query
