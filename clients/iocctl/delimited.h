#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"

namespace iocctl {

/// One record of a delimited file, with the line (from 1) on which it begins.
struct Record {
  int line = 0;
  std::vector<std::string> fields;
};

/// Splits CSV (RFC 4180: quoted fields may hold separators, doubled quotes and line breaks) or,
/// with a tab as separator, TSV (no quoting). Both take LF and CRLF and a byte order mark; empty
/// lines and lines that start with '#' are left out. InvalidArgument, "LINE: …": a quote that is
/// not closed, or text after a closing quote.
absl::StatusOr<std::vector<Record>> SplitDelimited(absl::string_view content, char separator);

}  // namespace iocctl
