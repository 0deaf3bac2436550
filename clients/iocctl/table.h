#pragma once

#include <string>
#include <vector>

namespace iocctl {

/// One cell; `color` is the body of an SGR sequence ("31" is red) or empty.
struct Cell {
  std::string text;
  std::string color = {};
};

/// A table with aligned columns for people to read.
class Table {
 public:
  struct Column {
    std::string title;
    bool right = false;  // numbers
  };

  explicit Table(std::vector<Column> columns);

  /// As many cells as there are columns.
  void AddRow(std::vector<Cell> row);

  /// A line under the row that was added last; it has no columns and widens none.
  void AddLine(Cell line);

  /// With a line for the titles. `colored`: cells show their colours.
  std::string ToText(bool colored) const;

 private:
  const std::vector<Column> columns_;
  struct Row {
    std::vector<Cell> cells;
    std::vector<Cell> lines;  // under it
  };
  std::vector<Row> rows_;
};

}  // namespace iocctl
