#include "http/negotiation.h"

#include <algorithm>
#include <string>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_split.h"

namespace iocd::http {
namespace {

/// One choice of a header such as "text/plain;version=0.0.4;q=0.5, */*".
struct Choice {
  std::string name;  // lower case
  std::string version;
  double weight = 1;  // q
};

Choice ParseChoice(absl::string_view text) {
  const std::vector<absl::string_view> pieces = absl::StrSplit(text, ';');
  Choice choice;
  choice.name = absl::AsciiStrToLower(absl::StripAsciiWhitespace(pieces[0]));
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const std::pair<absl::string_view, absl::string_view> pair =
        absl::StrSplit(pieces[i], absl::MaxSplits('=', 1));
    const absl::string_view name = absl::StripAsciiWhitespace(pair.first);
    const absl::string_view value = absl::StripAsciiWhitespace(pair.second);
    if (absl::EqualsIgnoreCase(name, "q") && !absl::SimpleAtod(value, &choice.weight)) {
      choice.weight = 0;
    }
    if (absl::EqualsIgnoreCase(name, "version")) choice.version = std::string(value);
  }
  return choice;
}

std::vector<Choice> ParseChoices(absl::string_view header) {
  std::vector<Choice> choices;
  for (const absl::string_view text : absl::StrSplit(header, ',', absl::SkipWhitespace())) {
    choices.push_back(ParseChoice(text));
  }
  return choices;
}

bool IsOpenMetrics(const Choice& choice) {
  return choice.name == "application/openmetrics-text" &&
         (choice.version.empty() || choice.version == "1.0.0");
}

}  // namespace

exposition::Format PreferredFormat(absl::string_view accept) {
  double open_metrics = 0;
  double text = 0;
  for (const Choice& choice : ParseChoices(accept)) {
    if (IsOpenMetrics(choice)) open_metrics = std::max(open_metrics, choice.weight);
    if (choice.name == "text/plain") text = std::max(text, choice.weight);
  }
  return open_metrics > 0 && open_metrics >= text ? exposition::Format::kOpenMetrics
                                                  : exposition::Format::kPrometheusText;
}

bool AcceptsGzip(absl::string_view accept_encoding) {
  for (const Choice& choice : ParseChoices(accept_encoding)) {
    if (choice.name == "gzip" || choice.name == "x-gzip") return choice.weight > 0;
  }
  return false;
}

}  // namespace iocd::http
