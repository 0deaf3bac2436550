#pragma once

#include "ioc/v1/query.pb.h"

namespace iocctl {

/// The worst status first, in the order of kStatusWords; among equals the one that is furthest
/// behind what it should be. A strict weak order: rows that are alike keep the order that they
/// have.
bool IsWorse(const ioc::v1::TargetRow& a, const ioc::v1::TargetRow& b);

}  // namespace iocctl
