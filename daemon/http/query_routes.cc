#include "http/query_routes.h"

#include <google/protobuf/message.h>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "base/utf8.h"
#include "http/json.h"

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

// Parameters bear the names of the request's fields, all of which are strings.
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

template <typename Request, typename Answer>
Response Ask(const query::Query& query, const Target& target,
             absl::StatusOr<Answer> (query::Query::*ask)(const Request&) const) {
  Request request;
  const absl::Status filled = FillRequest(target, &request);
  if (!filled.ok()) return JsonError(filled);
  const absl::StatusOr<Answer> answer = (query.*ask)(request);
  return answer.ok() ? JsonResponse(*answer) : JsonError(answer.status());
}

}  // namespace

Response ListDepartments(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::ListDepartments);
}

Response ListIndicators(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::ListIndicators);
}

Response GetSeries(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::GetSeries);
}

Response GetScorecard(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::GetScorecard);
}

}  // namespace iocd::http
