#include "audit/log_files.h"

#include <gtest/gtest.h>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"

namespace iocd::audit {
namespace {

constexpr absl::string_view kNumber = "entry number ";

class Collector final : public ChainVisitor {
 public:
  explicit Collector(Walked* walked) : walked_(walked) {}
  void OnLine(const Link& /*link*/, absl::string_view line) override {
    if (auto logged = ParseEntry(line)) walked_->entries.push_back(*std::move(logged));
  }
  void OnBreak(const Break& at) override { walked_->breaks.push_back(at); }

 private:
  Walked* walked_;
};

}  // namespace

Logged NumberedEntry(int number) {
  Logged logged;
  logged.time = kNow;
  logged.entry.action = kReload;
  logged.entry.what = absl::StrCat(kNumber, number);
  return logged;
}

std::vector<int> Walked::Numbers() const {
  std::vector<int> numbers;
  for (const Logged& logged : entries) {
    absl::string_view text = logged.entry.what;
    int number = 0;
    if (absl::ConsumePrefix(&text, kNumber) && absl::SimpleAtoi(text, &number)) {
      numbers.push_back(number);
    }
  }
  return numbers;
}

Walked WalkAll(FileSystem& file_system) {
  Walked walked;
  Collector collector(&walked);
  const auto files = ListAuditFiles(file_system, kDirectory);
  EXPECT_TRUE(files.ok()) << files.status();
  const auto summary = WalkChain(file_system, *files, /*from_start=*/true, collector);
  EXPECT_TRUE(summary.ok()) << summary.status();
  walked.summary = *summary;
  return walked;
}

}  // namespace iocd::audit
