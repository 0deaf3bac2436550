#pragma once

#include <vector>

#include "absl/status/statusor.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "ledger/ledger_reader.h"
#include "ledger/records.h"

namespace iocd::bookkeeper {

/// What the ledger still counts as late in the years that are followed at `now`, although the
/// catalogue no longer has the department or the indicator. Errors are the reader's.
absl::StatusOr<std::vector<ledger::ReportYear>> GoneReports(ledger::LedgerReader& reader,
                                                            const domain::Catalogue& catalogue,
                                                            Timestamp now);

}  // namespace iocd::bookkeeper
