#include "iocctl/status_targets.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/strings/substitute.h"
#include "domain/scorecard.h"
#include "iocctl/status_words.h"
#include "iocctl/table.h"
#include "iocctl/target_order.h"
#include "iocctl/target_texts.h"

namespace iocctl {
namespace {

using ioc::v1::TargetRow;

/// How many there are of each status that is not shown: "5 on track, 3 achieved"; empty: none.
std::string CountsText(const std::vector<const TargetRow*>& rows, bool vietnamese) {
  std::array<std::size_t, std::size(kStatusWords)> counts{};
  for (const TargetRow* row : rows) ++counts.at(StatusRank(row->status()));
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    if (counts.at(i) == 0) continue;
    const StatusWord& word = kStatusWords[i];
    texts.push_back(absl::StrCat(counts.at(i), " ", vietnamese ? word.vi : word.en));
  }
  return absl::StrJoin(texts, ", ");
}

std::string TableText(const std::vector<const TargetRow*>& rows, const CatalogueNames& names,
                      bool vietnamese, bool colored) {
  const TargetWords& words = vietnamese ? kVietnameseTargets : kEnglishTargets;
  Table table({{words.status},
               {words.actual, true},
               {words.expected, true},
               {words.target, true},
               {words.deadline},
               {words.indicator},
               {words.scope},
               {words.owner}});
  for (const TargetRow* row : rows) {
    const std::string unit = names.Unit(row->indicator());
    const auto quantity = [&](bool has, double value) {
      return Cell{has ? ShownQuantity(value, unit) : "-"};
    };
    const bool province = row->scope() == iocd::domain::kProvinceScope;
    table.AddRow({TargetStatusCell(row->status(), vietnamese),
                  quantity(row->has_actual(), row->actual()),
                  quantity(row->has_expected(), row->expected()),
                  {TargetText(*row, unit)},
                  {row->has_deadline() ? row->target() : words.no_deadline},
                  {names.Indicator(row->indicator())},
                  {province ? words.province : names.Department(row->scope())},
                  {row->owner().empty() ? "-" : names.Department(row->owner())}});
  }
  return table.ToText(colored);
}

}  // namespace

std::string TargetsText(const ioc::v1::GetScorecardResponse& scorecard, const CatalogueNames& names,
                        const std::string& language, bool all, bool colored) {
  const bool vietnamese = language == "vi";
  const TargetWords& words = vietnamese ? kVietnameseTargets : kEnglishTargets;
  std::vector<const TargetRow*> shown, counted;
  for (const TargetRow& row : scorecard.targets()) {
    const StatusWord* word = FindStatusWord(row.status());
    (!all && word != nullptr && word->well ? counted : shown).push_back(&row);
  }
  std::stable_sort(shown.begin(), shown.end(),
                   [](const TargetRow* a, const TargetRow* b) { return IsWorse(*a, *b); });
  std::string text = absl::StrCat(words.title, "\n");
  if (!shown.empty()) absl::StrAppend(&text, TableText(shown, names, vietnamese, colored));
  if (!counted.empty()) {
    absl::StrAppend(&text, absl::Substitute(words.not_shown, CountsText(counted, vietnamese)),
                    "\n");
  }
  if (scorecard.targets().empty()) absl::StrAppend(&text, words.none, "\n");
  return text;
}

}  // namespace iocctl
