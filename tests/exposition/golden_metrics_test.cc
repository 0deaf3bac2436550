// The exported names are a contract: dashboards and alert rules of others depend on them. This test
// compares them with golden_metrics.txt (family, type, label names) and has promtool read the page.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <map>
#include <set>
#include <sstream>

#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "exposition/populated_engine.h"
#include "support/temporary_directory.h"

namespace iocd::exposition {
namespace {

constexpr char kGoldenFile[] = "tests/exposition/golden_metrics.txt";

std::set<std::string> LabelNames(absl::string_view sample) {
  std::set<std::string> names;
  const std::size_t open = sample.find('{');
  if (open == absl::string_view::npos) return names;
  // Test values hold neither commas nor equals signs nor braces.
  const absl::string_view labels = sample.substr(open + 1, sample.find('}') - open - 1);
  for (const absl::string_view label : absl::StrSplit(labels, ',')) {
    names.emplace(label.substr(0, label.find('=')));
  }
  return names;
}

// One line per family: "name type label,label".
std::string Summary(const std::string& page) {
  std::map<std::string, std::string> types;
  std::map<std::string, std::set<std::string>> labels;
  std::string family;
  for (const absl::string_view line : absl::StrSplit(page, '\n', absl::SkipEmpty())) {
    if (absl::StartsWith(line, "# TYPE ")) {
      const std::vector<std::string> words = absl::StrSplit(line, ' ');
      family = words[2];
      types[family] = words[3];
    } else if (line[0] != '#') {
      labels[family].merge(LabelNames(line));
    }
  }
  std::string summary;
  for (const auto& [name, type] : types) {
    absl::StrAppend(&summary, name, " ", type);
    if (!labels[name].empty()) absl::StrAppend(&summary, " ", absl::StrJoin(labels[name], ","));
    summary.push_back('\n');
  }
  return summary;
}

TEST(GoldenMetricsTest, ExportsTheNamesTypesAndLabelsThatOthersRelyOn) {
  const std::string summary = Summary(iocd::testing::PopulatedEngine().Page());
  if (std::getenv("IOCD_UPDATE_GOLDEN") != nullptr) std::ofstream(kGoldenFile) << summary;
  std::ostringstream golden;
  golden << std::ifstream(kGoldenFile).rdbuf();
  EXPECT_EQ(summary, golden.str()) << "Exported names differ from " << kGoldenFile
                                   << ". If that is meant, tell the users of the "
                                   << "names, mend docs/metrics.md, run this test with "
                                      "IOCD_UPDATE_GOLDEN=1 and commit the file.";
}

TEST(GoldenMetricsTest, SatisfiesPromtool) {
  const iocd::testing::TemporaryDirectory directory;
  const std::string file = directory.File("page.prom");
  std::ofstream(file) << iocd::testing::PopulatedEngine().Page();
  EXPECT_EQ(std::system(("promtool check metrics < '" + file + "'").c_str()), 0)
      << "promtool (package prometheus) must be installed and find nothing to say.";
}

}  // namespace
}  // namespace iocd::exposition
