#pragma once

#include "http/message.h"
#include "http/target.h"
#include "query/query.h"

namespace iocd::http {

/// The queries under /api/v1/: parameters to request, answer to JSON. A parameter that a query does
/// not have, or that stands twice, is an error.
Response ListDepartments(const query::Query& query, const Target& target);
Response ListIndicators(const query::Query& query, const Target& target);
Response GetSeries(const query::Query& query, const Target& target);
Response GetScorecard(const query::Query& query, const Target& target);
Response ListTargets(const query::Query& query, const Target& target);
Response ListReports(const query::Query& query, const Target& target);

}  // namespace iocd::http
