#pragma once

#include <map>
#include <string>

#include "ioc/v1/query.pb.h"

namespace iocctl {

/// What people call the things of a daemon's catalogue, in one language. What the catalogue does
/// not have is called by its code.
class CatalogueNames {
 public:
  /// The lists outlive it. `language` is "vi" or "en".
  CatalogueNames(const ioc::v1::ListDepartmentsResponse& departments,
                 const ioc::v1::ListIndicatorsResponse& indicators, const std::string& language);

  std::string Department(const std::string& code) const;
  std::string Indicator(const std::string& code) const;
  /// Of an indicator; empty: unknown.
  std::string Unit(const std::string& indicator) const;
  /// nullptr: not in the catalogue.
  const ioc::v1::Department* FindDepartment(const std::string& code) const;

 private:
  const bool vietnamese_;
  std::map<std::string, const ioc::v1::Department*> departments_;
  std::map<std::string, const ioc::v1::Indicator*> indicators_;
};

}  // namespace iocctl
