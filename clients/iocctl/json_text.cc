#include "iocctl/json_text.h"

#include "google/protobuf/util/json_util.h"

namespace iocctl {

using google::protobuf::util::JsonPrintOptions;
using google::protobuf::util::JsonStringToMessage;
using google::protobuf::util::MessageToJsonString;

// Every message has a JSON form, and every JSON object is a Struct: the statuses say nothing new.

std::string ToJson(const google::protobuf::Message& message) {
  std::string json;
  (void)MessageToJsonString(message, &json);
  return json;
}

google::protobuf::Struct ToJsonObject(const google::protobuf::Message& message) {
  JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  std::string json;
  (void)MessageToJsonString(message, &json, options);
  google::protobuf::Struct object;
  (void)JsonStringToMessage(json, &object);
  return object;
}

}  // namespace iocctl
