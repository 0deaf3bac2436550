#include "http/query_routes.h"

#include "http/json.h"
#include "http/parameters.h"

namespace iocd::http {
namespace {

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

Response ListTargets(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::ListTargets);
}

Response ListReports(const query::Query& query, const Target& target) {
  return Ask(query, target, &query::Query::ListReports);
}

}  // namespace iocd::http
