#include "iocctl/delimited.h"

#include <algorithm>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"

namespace iocctl {
namespace {

class Splitter {
 public:
  Splitter(absl::string_view content, char separator) : rest_(content), separator_(separator) {
    if (absl::StartsWith(rest_, "\xef\xbb\xbf")) rest_.remove_prefix(3);
  }

  absl::StatusOr<std::vector<Record>> Split() {
    std::vector<Record> records;
    while (!rest_.empty()) {
      if (rest_[0] == '#' || AtLineEnd()) {
        SkipLine();
        continue;
      }
      Record record{.line = line_, .fields = {}};
      do {
        absl::StatusOr<std::string> field = IsQuoted() ? TakeQuoted() : TakePlain();
        if (!field.ok()) return field.status();
        record.fields.push_back(*std::move(field));
      } while (TakeSeparator());
      SkipLine();
      records.push_back(std::move(record));
    }
    return records;
  }

 private:
  bool IsQuoted() const { return separator_ != '\t' && !rest_.empty() && rest_[0] == '"'; }

  bool AtLineEnd() const {
    return rest_.empty() || rest_[0] == '\n' || absl::StartsWith(rest_, "\r\n");
  }

  bool TakeSeparator() {
    if (rest_.empty() || rest_[0] != separator_) return false;
    rest_.remove_prefix(1);
    return true;
  }

  void SkipLine() {
    const std::size_t end = rest_.find('\n');
    rest_.remove_prefix(end == absl::string_view::npos ? rest_.size() : end + 1);
    ++line_;
  }

  std::string TakePlain() {
    std::size_t end = 0;
    while (end < rest_.size() && rest_[end] != separator_ && rest_[end] != '\n') ++end;
    absl::string_view field = rest_.substr(0, end);
    rest_.remove_prefix(end);
    if ((rest_.empty() || rest_[0] == '\n') && absl::EndsWith(field, "\r")) {
      field.remove_suffix(1);
    }
    return std::string(field);
  }

  absl::StatusOr<std::string> TakeQuoted() {
    const int begun = line_;
    std::string field;
    for (rest_.remove_prefix(1); !rest_.empty(); rest_.remove_prefix(1)) {
      if (rest_[0] == '\n') ++line_;
      if (rest_[0] != '"') {
        field.push_back(rest_[0]);
      } else if (absl::StartsWith(rest_, "\"\"")) {
        field.push_back('"');
        rest_.remove_prefix(1);
      } else {
        rest_.remove_prefix(1);
        if (AtLineEnd() || rest_[0] == separator_) return field;
        return absl::InvalidArgumentError(absl::StrCat(line_, ": text after a closing quote"));
      }
    }
    return absl::InvalidArgumentError(
        absl::StrCat(begun, ": a quote is opened here and never closed"));
  }

  absl::string_view rest_;
  const char separator_;
  int line_ = 1;
};

}  // namespace

absl::StatusOr<std::vector<Record>> SplitDelimited(absl::string_view content, char separator) {
  return Splitter(content, separator).Split();
}

}  // namespace iocctl
