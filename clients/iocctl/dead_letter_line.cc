#include "iocctl/dead_letter_line.h"

#include "google/protobuf/struct.pb.h"
#include "iocctl/json_text.h"

namespace iocctl {

std::string DeadLetterLine(const ioc::client::DeadLetter& letter) {
  google::protobuf::Struct line;
  (*line.mutable_fields())["code"].set_string_value(letter.code);
  (*line.mutable_fields())["message"].set_string_value(letter.message);
  *(*line.mutable_fields())["event"].mutable_struct_value() = ToJsonObject(letter.event);
  return ToJson(line);
}

}  // namespace iocctl
