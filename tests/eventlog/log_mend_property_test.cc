// However a log is damaged: a walk finds damage exactly where a start refuses; a mend gives up what
// it tells and nothing else; and it is done after one time.

#include <map>
#include <random>

#include "absl/strings/str_cat.h"
#include "eventlog/log_fixture.h"
#include "eventlog/log_mend.h"

namespace iocd::eventlog {
namespace {

constexpr int kRounds = 3'000;

class LogMendPropertyTest : public LogFixture {
 protected:
  struct Written {
    std::string path;
    std::uint64_t begin, end;                      // of the group
    std::map<std::uint64_t, std::string> records;  // by position
  };

  /// A log of many segments, two of them abandoned.
  void WriteLog() {
    segment_bytes_ = 400;
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < 40; ++i) {
      if (i == 5 || i == 17) {
        i == 5 ? disk_.FailSync(1) : disk_.FailWrite(1);
        EXPECT_FALSE(Append({"unknown"}).ok());
      }
      std::vector<std::string> codes;
      for (unsigned n = 0; n <= random_() % 3; ++n) {
        codes.push_back(absl::StrCat(i, ".", n, std::string(random_() % 40, '-')));
      }
      std::string group = Group(codes);
      ASSERT_TRUE(log_->Prepare(group.size(), arrival_).ok());
      Written written{LastSegment(), log_->NextPosition(), log_->NextPosition() + group.size(), {}};
      std::uint64_t at = written.begin + kGroupHeaderBytes;
      for (const std::string& code : codes) {
        written.records[at] = code;
        std::string record;
        AppendTo(&record, {DefinedThing::kDepartment, 1, code});
        at += record.size();
      }
      ASSERT_TRUE(log_->Append(&group).ok());
      written_.push_back(std::move(written));
    }
    log_.reset();
    for (const std::string& path : disk_.Paths()) files_[path] = disk_.Contents(path);
    ASSERT_GT(files_.size(), 6u);
  }

  /// A new disk with these files.
  void Put(const std::map<std::string, std::string>& files) {
    log_.reset();
    for (const std::string& path : disk_.Paths()) ASSERT_TRUE(disk_.Remove(path).ok());
    for (const auto& [path, bytes] : files) disk_.SetContents(path, bytes);
  }

  std::map<std::string, std::string> Damaged(bool front_too) {
    std::map<std::string, std::string> files = files_;
    for (unsigned n = 0; n <= random_() % 3; ++n) {
      auto file = std::next(files.begin(), static_cast<int>(random_() % files.size()));
      if (file->second.empty()) continue;
      const std::size_t at = random_() % file->second.size();
      switch (random_() % 8) {
        case 0:
          if (file != files.begin() || (front_too && files.size() > 1)) files.erase(file);
          break;
        case 1:
          file->second.resize(at);
          break;
        case 2:
          file->second.replace(at, std::min<std::size_t>(random_() % 200, file->second.size() - at),
                               std::min<std::size_t>(random_() % 200, file->second.size() - at),
                               '\0');
          break;
        case 3:  // in a header
          file->second[at % kSegmentHeaderBytes % file->second.size()] ^= 1;
          break;
        default:
          file->second[at] = static_cast<char>(file->second[at] ^ (1 << random_() % 8));
      }
    }
    return files;
  }

  /// What Open() has visited, without what no acknowledgement was ever given for.
  std::map<std::uint64_t, std::string> Visited() const {
    std::map<std::uint64_t, std::string> visited;
    for (std::size_t i = 0; i < codes_.size(); ++i) {
      if (codes_[i] != "unknown") visited[positions_[i]] = codes_[i];
    }
    return visited;
  }

  /// Whether the group stands in the file as it was written.
  static bool StandsIn(const std::map<std::string, std::string>& files,
                       const std::map<std::string, std::string>& sound, const Written& group) {
    const auto file = files.find(group.path);
    const std::uint64_t base = *ParseSegmentName(group.path.substr(5));
    return file != files.end() && file->second.size() >= group.end - base &&
           file->second.compare(group.begin - base, group.end - group.begin, sound.at(group.path),
                                group.begin - base, group.end - group.begin) == 0;
  }

  /// Whether the files from the group's on are gone as if they had never been begun.
  static bool NothingProves(const Written& group, const ReplayFrom& known,
                            const LogSurvey& survey) {
    return group.end > known.synced_through && !survey.files.files.empty() &&
           group.path > survey.files.files.back().path;
  }

  void CheckRound(const ReplayFrom& known, const std::map<std::string, std::string>& damaged,
                  int* mended_logs) {
    Put(damaged);
    auto survey = SurveyLog(disk_, "/log", known, {});
    if (absl::IsFailedPrecondition(survey.status())) return;  // looks like another version's
    ASSERT_TRUE(survey.ok()) << survey.status();
    const absl::Status refused = Open(known);
    if (known.position == 0) {
      ASSERT_EQ(refused.ok(), survey->damages.empty()) << refused;
    } else if (!refused.ok()) {
      ASSERT_FALSE(survey->damages.empty()) << refused;
    }

    Put(damaged);
    const auto plan = PlanMend(*survey);
    ASSERT_TRUE(plan.ok()) << plan.status();
    std::vector<MendedFile> mended;
    ASSERT_TRUE(Mend(disk_, "/log", *plan, &mended).ok());
    for (const MendedFile& file : mended) {
      if (!file.copy.empty()) {
        EXPECT_EQ(disk_.Contents(file.copy), damaged.at(file.path));
      }
    }
    disk_.Crash();
    CheckMended(known, damaged, *survey, *plan);
    *mended_logs += mended.empty() ? 0 : 1;
  }

  void CheckMended(const ReplayFrom& known, const std::map<std::string, std::string>& damaged,
                   const LogSurvey& survey, const MendPlan& plan) {
    auto again = SurveyLog(disk_, "/log", known, {});
    ASSERT_TRUE(again.ok());
    EXPECT_TRUE(again->damages.empty());
    EXPECT_TRUE(PlanMend(*again)->files.empty());
    EXPECT_EQ(again->log.torn_bytes > 0, survey.log.torn_bytes > 0);
    const absl::Status opened = Open(known);
    ASSERT_TRUE(opened.ok()) << opened;
    std::map<std::uint64_t, std::string> expected;
    for (const Written& group : written_) {
      if (group.begin < known.position) continue;
      const bool torn = group.begin >= survey.log.end || NothingProves(group, known, survey);
      const bool stands = StandsIn(damaged, files_, group);
      // Where a segment is gone behind an abandoned one, the group that failed there stands again.
      const bool told = plan.GivesUp(group.begin) || plan.GivesUp(group.end - 1);
      EXPECT_TRUE(stands || torn || told) << group.path << ": lost, and not told";
      EXPECT_FALSE(stands && plan.GivesUp(group.begin)) << "sound, and given up";
      if (stands) expected.insert(group.records.begin(), group.records.end());
    }
    EXPECT_EQ(Visited(), expected);
  }

  std::mt19937 random_{20261126};
  std::vector<Written> written_;
  std::map<std::string, std::string> files_;
};

TEST_F(LogMendPropertyTest, GivesUpWhatItTellsAndNothingElse) {
  ASSERT_NO_FATAL_FAILURE(WriteLog());
  int mended = 0;
  for (int round = 0; round < kRounds && !HasFailure(); ++round) {
    SCOPED_TRACE(absl::StrCat("round ", round));
    ReplayFrom known;
    if (round % 2 == 1) {
      const std::size_t start = random_() % (written_.size() - 1);
      known = {written_[start].begin, written_[start + random_() % 2].end};
    }
    const auto damaged = Damaged(/*front_too=*/known.position > 0);
    CheckRound(known, damaged, &mended);
  }
  EXPECT_GT(mended, kRounds / 2);
}

}  // namespace
}  // namespace iocd::eventlog
