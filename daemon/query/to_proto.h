#pragma once

#include "domain/catalogue.h"
#include "domain/rollup.h"
#include "domain/scorecard.h"
#include "engine/state.h"
#include "ioc/v1/query.pb.h"

namespace iocd::query {

/// Values of the domain as messages of proto/ioc/v1/query.proto.
ioc::v1::Department ToProto(const domain::Catalogue& catalogue,
                            const domain::Department& department,
                            const engine::DepartmentActivity& activity);
ioc::v1::Territory TerritoryToProto(const domain::Catalogue& catalogue);
/// `index` is the indicator's place in the catalogue.
ioc::v1::Indicator IndicatorToProto(const domain::Catalogue& catalogue, std::size_t index);
/// A value in a window; `kind` is that of the indicator from which it is made.
ioc::v1::WindowValue ToProto(domain::Kind kind, domain::Window window,
                             const domain::Combined& combined);
ioc::v1::Bucket ToProto(domain::Kind kind, const domain::BucketValue& bucket);
/// `row.target` is an element of the catalogue's targets.
ioc::v1::TargetRow ToProto(const domain::Catalogue& catalogue, const domain::TargetRow& row);

}  // namespace iocd::query
