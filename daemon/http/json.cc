#include "http/json.h"

#include <google/protobuf/descriptor.h>
#include <google/protobuf/struct.pb.h>
#include <google/protobuf/util/json_util.h>

#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"
#include "wire/status_mapping.h"

namespace iocd::http {
namespace {

namespace json = google::protobuf::util;

constexpr char kJsonType[] = "application/json; charset=utf-8";

std::string QuotedJson(absl::string_view text) {
  google::protobuf::Value value;
  value.set_string_value(std::string(text));
  std::string out;
  // Writing a string cannot fail.
  (void)json::MessageToJsonString(value, &out);
  return out;
}

// Protobuf shows the place of a mistake by a piece of the text and a caret below it. One sentence
// reads better in a log: what stands before the place, and what there.
std::string OnOneLine(const std::string& message) {
  const std::vector<std::string> lines = absl::StrSplit(message, '\n');
  const std::size_t place = lines.back().find('^');
  if (lines.size() != 3 || place == std::string::npos || place > lines[1].size()) {
    return absl::StrReplaceAll(message, {{"\n", " "}});
  }
  return absl::StrCat(absl::StripSuffix(lines[0], "."), ": after '", lines[1].substr(0, place),
                      "' stands '", lines[1].substr(place), "'.");
}

// The message at a place like "events[0].ratio", if there is one.
const google::protobuf::Descriptor* MessageAt(const google::protobuf::Descriptor* message,
                                              absl::string_view place) {
  for (const absl::string_view part : absl::StrSplit(place, '.', absl::SkipEmpty())) {
    const auto* field = message->FindFieldByName(std::string(part.substr(0, part.find('['))));
    if (field == nullptr || field->message_type() == nullptr) return nullptr;
    message = field->message_type();
  }
  return message;
}

// Protobuf says "(events[0]) val: Cannot find field."; whoever mends it needs the fields there are.
// Empty if `words` are about something else.
std::string UnknownField(const google::protobuf::Descriptor* message, absl::string_view words) {
  if (!absl::ConsumeSuffix(&words, ": Cannot find field.")) return "";
  absl::string_view place;
  if (const std::size_t end = words.find(") "); absl::StartsWith(words, "(") && end != words.npos) {
    place = words.substr(1, end - 1);
    words.remove_prefix(end + 2);
  }
  message = MessageAt(message, place);
  if (message == nullptr) return "";
  std::vector<std::string> names;
  for (int i = 0; i < message->field_count(); ++i) names.push_back(message->field(i)->json_name());
  return absl::StrCat("unknown field ", Quoted(words), place.empty() ? "" : " in ", place,
                      "; allowed: ", absl::StrJoin(names, ", "));
}

std::string Explained(const google::protobuf::Descriptor* message, const std::string& words) {
  if (std::string unknown = UnknownField(message, words); !unknown.empty()) return unknown;
  std::string sentence = OnOneLine(words);
  if (absl::StrContains(words, "google.protobuf.Timestamp")) {
    absl::StrAppend(&sentence, "; write a time as \"2026-11-22T08:41:07+07:00\"");
  }
  return std::string(absl::StripPrefix(sentence, ": "));
}

}  // namespace

Response JsonResponse(const google::protobuf::Message& message) {
  json::JsonPrintOptions options;
  options.always_print_primitive_fields = true;
  Response response;
  response.content_type = kJsonType;
  const auto status = json::MessageToJsonString(message, &response.body, options);
  if (!status.ok()) return JsonError(absl::InternalError(std::string(status.message())));
  response.body.push_back('\n');
  return response;
}

absl::Status ParseJson(absl::string_view text, google::protobuf::Message* message) {
  if (!IsUtf8(text)) {
    return absl::InvalidArgumentError("the body is not UTF-8; JSON must be.");
  }
  if (absl::StripAsciiWhitespace(text).empty()) {
    return absl::InvalidArgumentError(absl::StrCat("the body is empty; it must be a ",
                                                   message->GetDescriptor()->name(), " in JSON"));
  }
  const auto status = json::JsonStringToMessage(std::string(text), message);
  if (status.ok()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat(
      "the body is not a ", message->GetDescriptor()->name(),
      " in JSON: ", Explained(message->GetDescriptor(), std::string(status.message()))));
}

Response JsonError(const absl::Status& status) {
  Response response;
  response.status = wire::HttpStatusNumber(status.code());
  response.content_type = kJsonType;
  response.body = absl::StrCat("{\"code\":", static_cast<int>(status.code()),
                               ",\"status\":", QuotedJson(absl::StatusCodeToString(status.code())),
                               ",\"message\":", QuotedJson(status.message()), "}\n");
  return response;
}

Response PlainText(int http_status, absl::string_view sentence) {
  Response response;
  response.status = http_status;
  response.content_type = "text/plain; charset=utf-8";
  response.body = absl::StrCat(sentence, "\n");
  return response;
}

}  // namespace iocd::http
