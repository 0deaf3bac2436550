#include "http/parameters.h"

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "absl/strings/numbers.h"
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

/// False: not a value of the field's type, which is one of those that FillRequest() knows.
bool Set(const std::string& value, const FieldDescriptor* field, Message* request) {
  const google::protobuf::Reflection& reflection = *request->GetReflection();
  switch (field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_BOOL:
      if (value != "true" && value != "false") return false;
      reflection.SetBool(request, field, value == "true");
      return true;
    case FieldDescriptor::CPPTYPE_UINT32: {
      std::uint32_t number = 0;
      if (!absl::SimpleAtoi(value, &number)) return false;
      reflection.SetUInt32(request, field, number);
      return true;
    }
    default:
      reflection.SetString(request, field, value);
      return true;
  }
}

}  // namespace

absl::Status FillRequest(const Target& target, Message* request) {
  std::set<const FieldDescriptor*> filled;
  for (const auto& [name, value] : target.parameters) {
    const FieldDescriptor* field = request->GetDescriptor()->FindFieldByName(name);
    if (field == nullptr) {
      return absl::InvalidArgumentError(
          absl::StrCat("unknown parameter ", Quoted(name), "; ", AllowedParameters(*request), "."));
    }
    if (!filled.insert(field).second) {
      return absl::InvalidArgumentError(
          absl::StrCat("parameter ", Quoted(name), " stands twice; give it once."));
    }
    if (!Set(value, field, request)) {
      const bool flag = field->cpp_type() == FieldDescriptor::CPPTYPE_BOOL;
      return absl::InvalidArgumentError(absl::StrCat("parameter ", Quoted(name), " is ",
                                                     flag ? "true or false" : "a whole number",
                                                     ", not ", Quoted(value), "."));
    }
  }
  return absl::OkStatus();
}

}  // namespace iocd::http
