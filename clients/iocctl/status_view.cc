#include "iocctl/status_view.h"

#include "absl/strings/str_cat.h"
#include "iocctl/catalogue_names.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"
#include "iocctl/roster_line.h"
#include "iocctl/status_reports.h"
#include "iocctl/status_targets.h"
#include "iocctl/target_scope.h"

namespace iocctl {
namespace {

Detail DetailOf(bool department, bool all) {
  if (department) return all ? Detail::kEverything : Detail::kEach;
  return all ? Detail::kEach : Detail::kDepartments;
}

}  // namespace

std::string StatusText(const StatusData& data, const StatusLook& look) {
  const CatalogueNames names(data.departments, data.indicators, look.language);
  const ReportStyle style = {
      .names = names,
      .words = look.language == "vi" ? kVietnameseReports : kEnglishReports,
      .now = data.scorecard.time(),
      .colored = look.colored,
  };
  const bool department = IsDepartment(data.scope);
  std::string text = absl::StrCat(LocalText(data.scorecard.time()), "  ");
  if (!department) {
    absl::StrAppend(&text, RosterLine(data.scorecard, style, look.language), "\n");
  } else {
    for (const ioc::v1::DepartmentReports& reports : data.scorecard.departments()) {
      absl::StrAppend(&text, DepartmentLine(reports, style, look.language), "\n");
    }
  }
  return absl::StrCat(text, "\n",
                      TargetsText(data.scorecard, names, look.language, look.all, look.colored),
                      WhoOwesText(data.scorecard, style, DetailOf(department, look.all)));
}

std::string StatusJson(const StatusData& data) {
  ioc::v1::ListDepartmentsResponse departments;
  for (const ioc::v1::Department& department : data.departments.departments()) {
    if (IsDepartment(data.scope) && department.code() != data.scope) continue;
    *departments.add_departments() = department;
  }
  google::protobuf::Struct object = ToJsonObject(data.scorecard);
  auto& fields = *object.mutable_fields();
  fields["reports"] = fields["departments"];
  fields["departments"] = ToJsonObject(departments).fields().at("departments");
  return ToJson(object);
}

}  // namespace iocctl
