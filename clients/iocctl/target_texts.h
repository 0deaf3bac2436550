#pragma once

#include <string>

#include "ioc/v1/query.pb.h"
#include "iocctl/table.h"

/// How targets are written for people.
namespace iocctl {

/// The word for a target's status, in its colour.
Cell TargetStatusCell(const std::string& status, bool vietnamese);

/// "47.82%", "453954": with up to two decimals and every digit before them; --json has the exact
/// value.
std::string ShownQuantity(double value, const std::string& unit);

/// What is asked: "≥ 48.56%", of a range "≥ 15% (20%)".
std::string TargetText(const ioc::v1::TargetRow& row, const std::string& unit);

/// A date of the catalogue as people write it: the year that it is the end of, "2024" for
/// "2025-01-01", or the day itself.
std::string ShownDate(const std::string& date);

}  // namespace iocctl
