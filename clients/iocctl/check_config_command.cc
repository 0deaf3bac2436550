#include <iostream>
#include <variant>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/system_clock.h"
#include "config/plan.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"

namespace iocctl {
namespace {

using Mistakes = std::vector<iocd::config::Mistake>;

int PrintMistakes(const Mistakes& mistakes, bool json) {
  if (!json) {
    for (const auto& mistake : mistakes) std::cerr << mistake.ToText() << "\n";
    return kBadUsage;
  }
  google::protobuf::Struct object;
  auto* list = (*object.mutable_fields())["mistakes"].mutable_list_value();
  for (const auto& mistake : mistakes) {
    auto& item = *list->add_values()->mutable_struct_value()->mutable_fields();
    item["file"].set_string_value(mistake.file);
    item["line"].set_number_value(mistake.line);
    item["column"].set_number_value(mistake.column);
    item["message"].set_string_value(mistake.message);
  }
  std::cout << ToJson(object) << "\n";
  return kBadUsage;
}

void PrintSummary(const iocd::domain::CatalogueData& data, const std::string& file, bool json) {
  if (!json) {
    std::cout << file << ": " << data.name_en << " (" << data.name_vi
              << "): " << data.departments.size() << " departments, " << data.indicators.size()
              << " indicators, " << data.targets.size() << " targets\n";
    return;
  }
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["departments"].set_number_value(static_cast<double>(data.departments.size()));
  fields["indicators"].set_number_value(static_cast<double>(data.indicators.size()));
  fields["targets"].set_number_value(static_cast<double>(data.targets.size()));
  std::cout << ToJson(object) << "\n";
}

}  // namespace

int RunCheckConfig(const CommonOptions& common, const std::string& file, bool insecure_listen) {
  const auto plan = iocd::config::MakePlan({.config = file, .insecure_listen = insecure_listen},
                                           iocd::SystemClock(), nullptr);
  if (const auto* mistakes = std::get_if<Mistakes>(&plan)) {
    return PrintMistakes(*mistakes, common.json);
  }
  PrintSummary(std::get<iocd::config::Plan>(plan).configuration.catalogue.data(), file,
               common.json);
  return kDone;
}

}  // namespace iocctl
