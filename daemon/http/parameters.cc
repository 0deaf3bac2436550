#include "http/parameters.h"

#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/utf8.h"

namespace iocd::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

std::string AllowedParameters(const Message& request) {
  std::vector<std::string> names;
  for (int i = 0; i < request.GetDescriptor()->field_count(); ++i) {
    names.push_back(request.GetDescriptor()->field(i)->name());
  }
  return names.empty() ? "none are known here"
                       : absl::StrCat("known: ", absl::StrJoin(names, ", "));
}

}  // namespace

absl::Status FillRequest(const Target& target, Message* request) {
  for (const auto& [name, value] : target.parameters) {
    const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown parameter ", Quoted(name), "; ", AllowedParameters(*request), "."));
    }
    if (!request->GetReflection()->GetString(*request, field).empty()) {
      return absl::InvalidArgumentError(
          absl::StrCat("parameter ", Quoted(name), " stands twice; give it once."));
    }
    request->GetReflection()->SetString(request, field, value);
  }
  return absl::OkStatus();
}

}  // namespace iocd::http
