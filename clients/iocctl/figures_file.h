#pragma once

#include <string>
#include <vector>

#include "absl/strings/string_view.h"
#include "absl/time/time.h"
#include "ioc/v1/ingest.pb.h"
#include "ioc/v1/query.pb.h"

namespace iocctl {

/// One row of a file of figures: an event, and who sends it.
struct Figure {
  int line = 0;
  std::string department;
  ioc::v1::Event event;
};

struct FiguresFile {
  std::vector<Figure> figures;
  /// All mistakes, "FILE:LINE: …"; the file is taken as a whole or not at all.
  std::vector<std::string> mistakes;
};

/// Reads a file of figures. Its first record names the columns, in any order: department,
/// indicator, member, date, value, numerator, denominator, weight, reference, note. `indicator` and
/// `date` are required, and value or numerator and denominator; a percent is written "47.82%".
/// Columns that do not exist are mistakes. `note` is for people.
///
/// The department of a row is its column, else `default_department`, else the indicator's owner.
/// Without a catalogue (nullptr) the department comes from the row or the default, what each
/// indicator is shows the row itself, and a value above 0 up to 1 needs its sign, or to wait for
/// the catalogue: it may be a percent.
///
/// `file` names the file in mistakes; a name that ends in ".csv" is CSV, all else TSV.
FiguresFile ReadFigures(const std::string& file, absl::string_view content,
                        const std::string& default_department,
                        const ioc::v1::ListIndicatorsResponse* catalogue, absl::Time now);

}  // namespace iocctl
