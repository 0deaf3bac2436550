#include "iocctl/figures_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "absl/strings/strip.h"
#include "base/utf8.h"
#include "domain/quantity.h"
#include "iocctl/delimited.h"
#include "iocctl/event_builder.h"
#include "iocctl/event_text.h"

namespace iocctl {
namespace {

const std::vector<std::string>& Columns() {
  static const auto& columns =
      *new std::vector<std::string>{"department", "indicator",   "member", "date",      "value",
                                    "numerator",  "denominator", "weight", "reference", "note"};
  return columns;
}

/// What stands between the column names. Spreadsheets with a decimal comma, as in Vietnam, write
/// CSV with semicolons.
char SeparatorOf(absl::string_view content) {
  absl::ConsumePrefix(&content, "\xef\xbb\xbf");
  for (const absl::string_view line : absl::StrSplit(content, '\n')) {
    if (absl::StartsWith(line, "#") || absl::StripAsciiWhitespace(line).empty()) continue;
    const std::size_t at = line.find_first_of("\t,;");
    return at == absl::string_view::npos ? '\t' : line[at];
  }
  return '\t';
}

class Reader {
 public:
  Reader(const std::string& file, const std::string& default_department,
         const ioc::v1::ListIndicatorsResponse* catalogue, absl::Time now)
      : file_(file),
        default_department_(default_department),
        has_catalogue_(catalogue != nullptr),
        now_(now) {
    if (!has_catalogue_) return;
    for (const auto& indicator : catalogue->indicators()) by_code_[indicator.code()] = &indicator;
  }

  FiguresFile Read(absl::string_view content) {
    const bool text = iocd::IsUtf8(content) && !absl::StrContains(content, '\0');
    const auto records = SplitDelimited(text ? content : "", SeparatorOf(content));
    if (!text) {
      result_.mistakes.push_back(
          absl::StrCat(file_, ": is no text in UTF-8; in a spreadsheet save it as \"CSV UTF-8\""));
    } else if (!records.ok()) {
      result_.mistakes.push_back(absl::StrCat(file_, ":", records.status().message()));
    } else if (records->empty()) {
      result_.mistakes.push_back(
          absl::StrCat(file_, ": has no line with the names of its columns"));
    } else if (ReadHeader(records->front())) {
      for (std::size_t i = 1; i < records->size(); ++i) ReadRow((*records)[i]);
    }
    return std::move(result_);
  }

 private:
  void AddMistake(int line, absl::string_view message) {
    result_.mistakes.push_back(absl::StrCat(file_, ":", line, ": ", message));
  }

  bool ReadHeader(const Record& header) {
    for (std::size_t i = 0; i < header.fields.size(); ++i) {
      const std::string& name = header.fields[i];
      if (std::find(Columns().begin(), Columns().end(), name) == Columns().end()) {
        AddMistake(header.line, absl::StrCat("unknown column '", name,
                                             "'; allowed: ", absl::StrJoin(Columns(), ", ")));
      } else if (!column_.emplace(name, i).second) {
        AddMistake(header.line, absl::StrCat("column '", name, "' is there twice"));
      }
    }
    for (const char* name : {"indicator", "date"}) {
      if (column_.count(name) == 0) {
        AddMistake(header.line, absl::StrCat("the column '", name, "' is missing"));
      }
    }
    return result_.mistakes.empty();
  }

  const std::string& Field(const Record& record, const std::string& column) const {
    static const auto& none = *new std::string();
    const auto at = column_.find(column);
    return at == column_.end() ? none : record.fields[at->second];
  }

  void ReadRow(const Record& record) {
    if (record.fields.size() != column_.size()) {
      AddMistake(record.line, absl::StrCat("has ", record.fields.size(),
                                           " fields, the columns are ", column_.size()));
      return;
    }
    const std::string& code = Field(record, "indicator");
    ioc::v1::Indicator stand_in;
    const ioc::v1::Indicator* indicator = Find(code);
    if (!has_catalogue_) {
      stand_in.set_code(code);
      if (absl::EndsWith(Field(record, "value"), "%")) {
        stand_in.set_unit(std::string(iocd::domain::kPercentUnit));
      }
      indicator = &stand_in;
    }
    if (indicator == nullptr) {
      AddMistake(record.line, absl::StrCat("the daemon has no indicator '", code, "'"));
      return;
    }
    const std::size_t mistakes_before = result_.mistakes.size();
    Figure figure{.line = record.line, .department = Department(record, *indicator), .event = {}};
    if (figure.department.empty()) {
      AddMistake(record.line, absl::StrCat("which department sends '", code,
                                           "'? Fill the column, or give --department"));
    }
    ReadEvent(record, *indicator, figure.event);
    if (result_.mistakes.size() == mistakes_before) result_.figures.push_back(std::move(figure));
  }

  const ioc::v1::Indicator* Find(const std::string& code) const {
    const auto found = by_code_.find(code);
    return found == by_code_.end() ? nullptr : found->second;
  }

  std::string Department(const Record& record, const ioc::v1::Indicator& indicator) const {
    if (!Field(record, "department").empty()) return Field(record, "department");
    return default_department_.empty() ? indicator.owner() : default_department_;
  }

  void ReadEvent(const Record& record, const ioc::v1::Indicator& indicator, ioc::v1::Event& event) {
    const EventTexts texts{.indicator = indicator.code(),
                           .member = Field(record, "member"),
                           .time = Field(record, "date"),
                           .value = Field(record, "value"),
                           .numerator = Field(record, "numerator"),
                           .denominator = Field(record, "denominator"),
                           .weight = Field(record, "weight"),
                           .reference = Field(record, "reference")};
    // In a file of figures nobody sees whether 0.9 means 90% or 0.9%: the sign is required.
    if (!texts.value.empty() && indicator.unit() == iocd::domain::kPercentUnit) {
      const auto value = iocd::domain::ParseQuantity(texts.value, indicator.unit());
      if (!value.ok()) AddMistake(record.line, absl::StrCat("value: ", value.status().message()));
      if (!value.ok()) return;
    }
    if (double value = 0;
        !has_catalogue_ && absl::SimpleAtod(texts.value, &value) && value > 0 && value <= 1) {
      AddMistake(record.line,
                 absl::StrCat("value: '", texts.value,
                              "' may be a percent, and no daemon answers to ask; write "
                              "the sign (",
                              value * 100, "%), or import once it answers"));
      return;
    }
    // The same file must have the same content whenever it is sent.
    if (texts.time == "now") {
      AddMistake(record.line, "date: 'now' has no place in a file; write the date");
      return;
    }
    for (const std::string& mistake : BuildEvent(texts, indicator.unit(), now_, event)) {
      AddMistake(record.line, mistake);
    }
  }

  const std::string file_;
  const std::string default_department_;
  const bool has_catalogue_;
  const absl::Time now_;
  std::map<std::string, const ioc::v1::Indicator*> by_code_;
  std::map<std::string, std::size_t> column_;
  FiguresFile result_;
};

}  // namespace

FiguresFile ReadFigures(const std::string& file, absl::string_view content,
                        const std::string& default_department,
                        const ioc::v1::ListIndicatorsResponse* catalogue, absl::Time now) {
  return Reader(file, default_department, catalogue, now).Read(content);
}

}  // namespace iocctl
