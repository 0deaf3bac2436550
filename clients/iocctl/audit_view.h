#pragma once

#include <vector>

#include "audit/entry.h"
#include "iocctl/table.h"

namespace iocctl {

/// The columns of entries of the audit log.
std::vector<Table::Column> AuditColumns();

/// The row of one entry. Its texts are harmless on a terminal.
std::vector<Cell> AuditRow(const iocd::audit::Logged& logged);

}  // namespace iocctl
