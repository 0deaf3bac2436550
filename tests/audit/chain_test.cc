// What a walk over the files finds: every way in which somebody may have touched them.
#include "audit/chain.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "audit/log_files.h"
#include "support/memory_file_system.h"

namespace iocd::audit {
namespace {

using iocd::testing::MemoryFileSystem;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

/// Lines of a log, with their newlines.
std::vector<std::string> Lines(int count, Head* head) {
  std::vector<std::string> lines(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i) {
    AppendLine(NumberedEntry(i), head, &lines[static_cast<std::size_t>(i)]);
  }
  return lines;
}

std::vector<std::string> Lines(int count) {
  Head head{0, NoHash()};
  return Lines(count, &head);
}

/// What a forger makes of a line: other words under a hash that fits.
std::string Forged(const std::string& line, const std::string& what) {
  Head head{ParseLink(line.substr(0, line.size() - 1))->seq - 1,
            ParseLink(line.substr(0, line.size() - 1))->previous};
  Logged logged = NumberedEntry(0);
  logged.entry.what = what;
  std::string forged;
  AppendLine(logged, &head, &forged);
  return forged;
}

class ChainTest : public ::testing::Test {
 protected:
  Walked Walk(const std::vector<std::string>& lines) { return WalkText(absl::StrJoin(lines, "")); }
  Walked WalkText(const std::string& text) {
    disk_.SetContents(AuditFilePath(kDirectory, 1), text);
    return WalkAll(disk_);
  }
  void ExpectBreak(const std::vector<std::string>& lines, std::uint64_t line,
                   const std::string& words) {
    const Walked walked = Walk(lines);
    ASSERT_FALSE(walked.breaks.empty()) << words;
    EXPECT_EQ(walked.breaks.front().line, line) << words;
    EXPECT_THAT(walked.breaks.front().what, HasSubstr(words));
  }

  MemoryFileSystem disk_;
};

TEST_F(ChainTest, HoldsAsItWasWritten) {
  const Walked walked = Walk(Lines(5));
  EXPECT_THAT(walked.Numbers(), ElementsAre(0, 1, 2, 3, 4));
  EXPECT_TRUE(walked.breaks.empty());
  EXPECT_EQ(walked.summary.lines, 5u);
  EXPECT_EQ(walked.summary.head.seq, 5u);
  EXPECT_EQ(walked.summary.torn_bytes, 0u);
}

TEST_F(ChainTest, IsFoundBrokenWhateverBitIsFlipped) {
  const std::string text = absl::StrJoin(Lines(4), "");
  for (std::size_t i = 0; i < text.size(); ++i) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string flipped = text;
      flipped[i] = static_cast<char>(flipped[i] ^ (1 << bit));
      const Walked walked = WalkText(flipped);
      if (i + 1 == text.size()) {  // the last newline: the line is no longer whole
        EXPECT_EQ(walked.summary.head.seq, 3u);
        EXPECT_GT(walked.summary.torn_bytes, 0u);
      } else {
        EXPECT_FALSE(walked.breaks.empty()) << "byte " << i << " bit " << bit;
      }
    }
  }
}

TEST_F(ChainTest, SaysWhatWasDoneToALine) {
  auto lines = Lines(6);
  lines.erase(lines.begin() + 2);
  ExpectBreak(lines, 3, "entry 3 is missing before this line");
  lines.erase(lines.begin() + 2);
  ExpectBreak(lines, 3, "the entries 3 to 4 are missing before this line");

  lines = Lines(6);
  std::swap(lines[2], lines[3]);
  ExpectBreak(lines, 3, "entry 3 is missing");

  lines = Lines(6);
  lines.insert(lines.begin() + 3, lines[1]);
  ExpectBreak(lines, 4, "entry 2 stands where 4 belongs");

  lines = Lines(6);
  lines[2].replace(lines[2].find("number 2"), 8, "number 7");
  ExpectBreak(lines, 3, "entry 3 is not what was written");

  lines = Lines(6);
  lines[2] = Forged(lines[2], "nothing happened");
  ExpectBreak(lines, 4, "entry 4 does not continue the one before it");

  lines = Lines(6);
  lines.insert(lines.begin() + 2, "\n");
  ExpectBreak(lines, 3, "no line of the audit log");

  lines = Lines(6);
  lines.erase(lines.begin());
  ExpectBreak(lines, 1, "entry 1 is missing");
}

TEST_F(ChainTest, TellsOneBreakForOneEditAndGoesOn) {
  auto lines = Lines(6);
  lines[2].replace(lines[2].find("number 2"), 8, "number 7");
  EXPECT_EQ(Walk(lines).breaks.size(), 1u);
  EXPECT_EQ(Walk(lines).summary.head, Walk(Lines(6)).summary.head);
  lines[2] = "garbage\n";
  EXPECT_EQ(Walk(lines).breaks.size(), 1u);
  EXPECT_THAT(Walk(lines).Numbers(), ElementsAre(0, 1, 3, 4, 5));
  lines[2] = std::string(1 << 20, 'x') + "\n";
  EXPECT_EQ(Walk(lines).breaks.size(), 1u);
}

// Any edits but those of the end, which only a head kept elsewhere can tell.
TEST_F(ChainTest, IsFoundBrokenAfterAnyRandomEdits) {
  std::mt19937 random(20'241'126);
  const auto pick = [&](std::size_t below) {
    return std::uniform_int_distribution<std::size_t>(0, below - 1)(random);
  };
  for (int round = 0; round < 2'000; ++round) {
    const auto written = Lines(12);
    auto lines = written;
    for (std::size_t edits = 1 + pick(3); edits > 0; --edits) {
      const std::size_t at = pick(lines.size() - 1);
      switch (pick(4)) {
        case 0:
          if (lines.size() > 3) lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(at));
          break;
        case 1:
          std::swap(lines[at], lines[pick(lines.size() - 1)]);
          break;
        case 2:
          lines[at] = Forged(written[pick(written.size())], absl::StrCat("forged ", round));
          break;
        case 3:
          lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(at),
                       written[pick(written.size())]);
          break;
      }
    }
    if (lines == written) continue;
    EXPECT_FALSE(Walk(lines).breaks.empty()) << round << "\n" << absl::StrJoin(lines, "");
  }
}

TEST_F(ChainTest, ThatWasCutAtItsEndHoldsButHasAnotherHead) {
  auto lines = Lines(6);
  const Head head = Walk(lines).summary.head;
  lines.pop_back();
  const Walked cut = Walk(lines);
  EXPECT_TRUE(cut.breaks.empty());
  EXPECT_NE(cut.summary.head, head);
}

TEST_F(ChainTest, EndsBeforeALineThatIsNotWhole) {
  const auto lines = Lines(3);
  for (std::size_t kept = 1; kept < lines[2].size(); ++kept) {
    const Walked walked = WalkText(lines[0] + lines[1] + lines[2].substr(0, kept));
    EXPECT_TRUE(walked.breaks.empty()) << kept;
    EXPECT_EQ(walked.summary.torn_bytes, kept);
    EXPECT_EQ(walked.summary.last_bytes, lines[0].size() + lines[1].size());
  }
}

TEST_F(ChainTest, ReachesOverFiles) {
  Head head{0, NoHash()};
  const auto first = Lines(3, &head), second = Lines(2, &head), third = Lines(2, &head);
  disk_.SetContents(AuditFilePath(kDirectory, 2), absl::StrJoin(second, ""));
  disk_.SetContents(AuditFilePath(kDirectory, 3), absl::StrJoin(third, ""));
  Walked walked = Walk(first);
  EXPECT_TRUE(walked.breaks.empty());
  EXPECT_EQ(walked.summary.head.seq, 7u);

  ASSERT_TRUE(disk_.Remove(AuditFilePath(kDirectory, 2)).ok());
  walked = WalkAll(disk_);
  ASSERT_EQ(walked.breaks.size(), 1u);
  EXPECT_EQ(walked.breaks.front().ToText(),
            "/data/audit/00000003.jsonl, line 1: the entries 4 to 5 are missing before this line");
}

TEST_F(ChainTest, IsBrokenWhereAFileBeforeTheLastEndsInALine) {
  Head head{0, NoHash()};
  const auto first = Lines(3, &head), second = Lines(2, &head);
  disk_.SetContents(AuditFilePath(kDirectory, 2), absl::StrJoin(second, ""));
  const Walked walked = WalkText(absl::StrJoin(first, "") + "{\"seq\":4,");
  ASSERT_EQ(walked.breaks.size(), 1u);
  EXPECT_EQ(walked.breaks.front().line, 4u);
  EXPECT_THAT(walked.breaks.front().file, HasSubstr("00000001.jsonl"));
}

TEST_F(ChainTest, PassesOverOtherFiles) {
  disk_.SetContents("/data/audit/00000001.jsonl.gz", "x");
  disk_.SetContents("/data/audit/notes.jsonl", "x");
  disk_.SetContents("/data/audit/1.jsonl", "x");
  EXPECT_TRUE(Walk(Lines(2)).breaks.empty());
}

}  // namespace
}  // namespace iocd::audit
