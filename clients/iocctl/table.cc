#include "iocctl/table.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "iocctl/text_width.h"

namespace iocctl {
namespace {

constexpr absl::string_view kGap = "  ";
constexpr absl::string_view kBold = "1";

std::string Painted(absl::string_view text, absl::string_view color, bool colored) {
  if (!colored || color.empty()) return std::string(text);
  return absl::StrCat("\x1b[", color, "m", text, "\x1b[0m");
}

}  // namespace

Table::Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

void Table::AddRow(std::vector<Cell> row) { rows_.push_back({std::move(row), {}}); }

void Table::AddLine(Cell line) { rows_.back().lines.push_back(std::move(line)); }

std::string Table::ToText(bool colored) const {
  std::vector<Row> rows(1);
  for (const Column& column : columns_) {
    rows[0].cells.push_back({column.title, std::string(kBold)});
  }
  rows.insert(rows.end(), rows_.begin(), rows_.end());

  std::vector<std::size_t> widths(columns_.size(), 0);
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      widths[i] = std::max(widths[i], DisplayWidth(row.cells[i].text));
    }
  }
  std::string text;
  for (const Row& row : rows) {
    for (std::size_t i = 0; i < row.cells.size(); ++i) {
      const Cell& cell = row.cells[i];
      const bool last = i + 1 == row.cells.size();
      std::string padded = columns_[i].right ? PadLeft(cell.text, widths[i])
                           : last            ? cell.text
                                             : PadRight(cell.text, widths[i]);
      absl::StrAppend(&text, Painted(padded, cell.color, colored), last ? "\n" : kGap);
    }
    for (const Cell& line : row.lines) {
      absl::StrAppend(&text, Painted(line.text, line.color, colored), "\n");
    }
  }
  return text;
}

}  // namespace iocctl
