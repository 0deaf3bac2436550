#include "iocctl/catalogue_names.h"

namespace iocctl {
namespace {

template <typename Thing>
std::string NameOf(const std::map<std::string, const Thing*>& things, const std::string& code,
                   bool vietnamese) {
  const auto found = things.find(code);
  if (found == things.end()) return code;
  const std::string& name = vietnamese ? found->second->name_vi() : found->second->name_en();
  return name.empty() ? code : name;
}

}  // namespace

CatalogueNames::CatalogueNames(const ioc::v1::ListDepartmentsResponse& departments,
                               const ioc::v1::ListIndicatorsResponse& indicators,
                               const std::string& language)
    : vietnamese_(language == "vi") {
  for (const auto& department : departments.departments()) {
    departments_[department.code()] = &department;
  }
  for (const auto& indicator : indicators.indicators()) {
    indicators_[indicator.code()] = &indicator;
  }
}

std::string CatalogueNames::Department(const std::string& code) const {
  return NameOf(departments_, code, vietnamese_);
}

std::string CatalogueNames::Indicator(const std::string& code) const {
  return NameOf(indicators_, code, vietnamese_);
}

std::string CatalogueNames::Unit(const std::string& indicator) const {
  const auto found = indicators_.find(indicator);
  return found == indicators_.end() ? "" : found->second->unit();
}

const ioc::v1::Department* CatalogueNames::FindDepartment(const std::string& code) const {
  const auto found = departments_.find(code);
  return found == departments_.end() ? nullptr : found->second;
}

}  // namespace iocctl
