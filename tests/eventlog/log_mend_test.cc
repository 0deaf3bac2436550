// What a person does who has decided to go on without what is damaged.
#include "eventlog/log_mend.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

class LogMendTest : public LogFixture {
 protected:
  /// Groups "0", "1", … of one record each, in segments of two or three groups. `marked`: the last
  /// one is proven.
  void WriteLog(int groups, bool marked = true) {
    segment_bytes_ = 150;
    ASSERT_TRUE(Open().ok());
    for (int i = 0; i < groups; ++i) {
      starts_.push_back(0);
      std::string group = Group({absl::StrCat(i)});
      ASSERT_TRUE(log_->Prepare(group.size(), arrival_).ok());
      starts_.back() = log_->NextPosition();
      ASSERT_TRUE(log_->Append(&group).ok());
    }
    if (marked) {
      ASSERT_TRUE(log_->AppendMark().ok());
    }
    end_ = log_->NextPosition();
    paths_ = disk_.Paths();
  }

  LogSurvey Survey(const ReplayFrom& known = {}) {
    auto survey = SurveyLog(disk_, "/log", known, {});
    EXPECT_TRUE(survey.ok()) << survey.status();
    return survey.ok() ? *std::move(survey) : LogSurvey();
  }

  /// Expects that a start refuses, mends, and expects that it does not any more.
  MendPlan MendAndOpen(const ReplayFrom& known = {}) {
    EXPECT_FALSE(Open(known).ok());
    auto plan = PlanMend(Survey(known));
    EXPECT_TRUE(plan.ok()) << plan.status();
    mended_.clear();
    EXPECT_TRUE(Mend(disk_, "/log", *plan, &mended_).ok());
    disk_.Crash();
    EXPECT_THAT(Survey(known).damages, IsEmpty());
    const absl::Status opened = Open(known);
    EXPECT_TRUE(opened.ok()) << opened;
    return *std::move(plan);
  }

  const std::string& FileOf(int group) const {
    std::size_t file = 0;
    while (file + 1 < paths_.size() && BaseOf(file + 1) <= starts_[group]) ++file;
    return paths_[file];
  }
  std::uint64_t BaseOf(std::size_t file) const { return *ParseSegmentName(paths_[file].substr(5)); }
  std::uint64_t OffsetOf(int group) const {
    return starts_[group] - *ParseSegmentName(FileOf(group).substr(5));
  }
  void Damage(int group) { FlipByte(OffsetOf(group) + kGroupHeaderBytes + 1, FileOf(group)); }

  std::vector<std::uint64_t> starts_;  // of the groups
  std::uint64_t end_ = 0;
  std::vector<std::string> paths_;
  std::vector<MendedFile> mended_;
};

TEST_F(LogMendTest, HasNothingToDoInASoundLogOrAtATornTail) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  EXPECT_THAT(PlanMend(Survey())->files, IsEmpty());
  disk_.SetContents(paths_.back(), disk_.Contents(paths_.back()) + "torn");
  EXPECT_EQ(Survey().log.torn_bytes, 4u);
  EXPECT_THAT(PlanMend(Survey())->files, IsEmpty());
}

TEST_F(LogMendTest, GivesUpTheDamagedGroupAloneAndKeepsACopy) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  ASSERT_EQ(FileOf(2), FileOf(3));
  Damage(2);
  const std::string damaged = disk_.Contents(FileOf(2));
  const MendPlan plan = MendAndOpen();
  EXPECT_THAT(codes_, ElementsAre("0", "1", "3", "4", "5", "6", "7"));
  EXPECT_EQ(positions_[2], starts_[3] + kGroupHeaderBytes);
  EXPECT_EQ(replayed_.lost_bytes, starts_[3] - starts_[2] - kGroupHeaderBytes);
  ASSERT_EQ(mended_.size(), 1u);
  EXPECT_EQ(mended_[0].path, FileOf(2));
  EXPECT_EQ(mended_[0].copy, FileOf(2) + ".damaged");
  EXPECT_EQ(disk_.Contents(mended_[0].copy), damaged);
}

TEST_F(LogMendTest, NeverReplacesACopyOfAnEarlierMend) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  for (const char* suffix : {".damaged", ".damaged.2", ".damaged.3"}) {
    disk_.SetContents(FileOf(3) + suffix, "earlier");
  }
  Damage(3);
  MendAndOpen();
  EXPECT_EQ(mended_[0].copy, FileOf(3) + ".damaged.4");
  EXPECT_EQ(disk_.Contents(FileOf(3) + ".damaged"), "earlier");
}

TEST_F(LogMendTest, LosesNothingWithTheHeaderOfASegment) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  for (const std::string& path : paths_) {
    const std::string sound = disk_.Contents(path);
    FlipByte(20, path);
    const MendPlan plan = MendAndOpen();
    EXPECT_THAT(plan.files[0].given_up, IsEmpty());
    EXPECT_EQ(codes_.size(), 8u);
    EXPECT_EQ(replayed_.lost_bytes, 0u);
  }
}

TEST_F(LogMendTest, FillsAFileThatWasCutShort) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  disk_.SetContents(FileOf(3), disk_.Contents(FileOf(3)).substr(0, OffsetOf(3) + 7));
  MendAndOpen();
  EXPECT_THAT(codes_, ElementsAre("0", "1", "2", "4", "5", "6", "7"));
}

TEST_F(LogMendTest, FillsAFileThatIsEmpty) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  disk_.SetContents(paths_[1], "");
  MendAndOpen();
  EXPECT_EQ(codes_.front(), "0");
  EXPECT_EQ(codes_.back(), "7");
  EXPECT_LT(codes_.size(), 8u);
}

TEST_F(LogMendTest, FillsThePlaceOfAMissingSegment) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  ASSERT_TRUE(disk_.Remove(paths_[1]).ok());
  const auto survey = Survey();
  ASSERT_EQ(survey.damages.size(), 1u);
  EXPECT_EQ(survey.damages[0].damage.path, paths_[0]);
  EXPECT_EQ(survey.damages[0].damage.begin, BaseOf(1));
  EXPECT_EQ(survey.damages[0].damage.end, BaseOf(2));
  EXPECT_EQ(survey.damages[0].damage.missing_bytes, BaseOf(2) - BaseOf(1));
  MendAndOpen();
  EXPECT_EQ(codes_.back(), "7");
  EXPECT_EQ(positions_.back(), starts_[7] + kGroupHeaderBytes);
}

TEST_F(LogMendTest, FillsTheFrontThatASnapshotNeeds) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  const ReplayFrom known{starts_[1], starts_[2]};
  ASSERT_TRUE(disk_.Remove(paths_[0]).ok());
  MendAndOpen(known);
  EXPECT_EQ(mended_[0].copy, "");
  EXPECT_EQ(codes_.back(), "7");
}

TEST_F(LogMendTest, MakesALogWhereNothingIsLeftOfOne) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  for (const std::string& path : paths_) ASSERT_TRUE(disk_.Remove(path).ok());
  for (const std::uint64_t start : {starts_[5], end_}) {
    MendAndOpen({start, end_});
    EXPECT_THAT(codes_, IsEmpty());
    EXPECT_GE(log_->NextPosition(), end_);
    ASSERT_TRUE(Append({"next"}).ok());
    for (const std::string& path : disk_.Paths()) ASSERT_TRUE(disk_.Remove(path).ok());
  }
}

TEST_F(LogMendTest, RefusesALogWithoutItsBeginningAndWithoutASnapshot) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  ASSERT_TRUE(disk_.Remove(paths_[0]).ok());
  const auto plan = PlanMend(Survey());
  EXPECT_TRUE(absl::IsFailedPrecondition(plan.status()));
  EXPECT_THAT(std::string(plan.status().message()), HasSubstr("iocctl restore"));
}

TEST_F(LogMendTest, FillsATailThatWasProven) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  Damage(7);
  MendAndOpen();
  EXPECT_THAT(codes_, ElementsAre("0", "1", "2", "3", "4", "5", "6"));
}

TEST_F(LogMendTest, FillsATailThatASnapshotProves) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8, /*marked=*/false));
  for (std::uint64_t kept = 0; kept < end_ - starts_[7]; ++kept) {
    const std::string sound = disk_.Contents(paths_.back());
    disk_.SetContents(paths_.back(), sound.substr(0, OffsetOf(7) + kept));
    // What must be filled is of any size.
    for (std::uint64_t proven = starts_[7] + 1; proven <= end_; ++proven) {
      SCOPED_TRACE(absl::StrCat(kept, " bytes kept, ", proven - starts_[7], " proven"));
      const std::string cut = disk_.Contents(paths_.back());
      MendAndOpen({0, proven});
      EXPECT_EQ(codes_.size(), 7u);
      EXPECT_GE(log_->NextPosition(), proven);
      ASSERT_TRUE(disk_.Remove(mended_.at(0).copy).ok());
      disk_.SetContents(paths_.back(), cut);
    }
    disk_.SetContents(paths_.back(), sound);
  }
}

TEST_F(LogMendTest, SwallowsAGroupBesideAStretchThatIsTooSmallForFiller) {
  // Such a group no iocd writes: sound, of 35 bytes, and no record in it.
  segment_bytes_ = 1 << 20;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  std::string odd(kGroupHeaderBytes + 3, '\0');
  ASSERT_TRUE(log_->Prepare(odd.size(), arrival_).ok());
  ASSERT_TRUE(log_->Append(&odd).ok());
  ASSERT_TRUE(Append({"swallowed"}).ok());
  ASSERT_TRUE(Append({"d"}).ok());
  const MendPlan plan = MendAndOpen();
  EXPECT_THAT(codes_, ElementsAre("a", "d"));
  EXPECT_EQ(plan.files[0].given_up[0].damaged_bytes, odd.size());
  EXPECT_EQ(plan.files[0].given_up[0].swallowed_bytes(), Group({"swallowed"}).size());
}

TEST_F(LogMendTest, SwallowsTheGroupBeforeAtTheEndOfASegment) {
  segment_bytes_ = 180;
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"a"}).ok());
  ASSERT_TRUE(Append({"swallowed"}).ok());
  std::string odd(kGroupHeaderBytes + 3, '\0');
  ASSERT_TRUE(log_->Prepare(odd.size(), arrival_).ok());
  ASSERT_TRUE(log_->Append(&odd).ok());
  ASSERT_TRUE(Append({"c"}).ok());
  ASSERT_EQ(log_->SegmentCount(), 2u);
  MendAndOpen();
  EXPECT_THAT(codes_, ElementsAre("a", "c"));
}

TEST_F(LogMendTest, IsNotCalledForByASegmentThatRetentionRemovesMeanwhile) {
  ASSERT_NO_FATAL_FAILURE(WriteLog(8));
  const auto files = ListSegmentFiles(disk_, "/log", {});
  ASSERT_TRUE(files.ok());
  ASSERT_TRUE(disk_.Remove(paths_[0]).ok());
  class : public LogVisitor {
    absl::Status OnDamage(const struct Damage& damage) override {
      return absl::DataLossError(damage.path);
    }
  } visitor;
  const auto walked = WalkLog(disk_, *files, {}, /*from=*/0, visitor);
  EXPECT_TRUE(walked.ok()) << walked.status();
  EXPECT_EQ(walked->end, end_);
}

TEST_F(LogMendTest, TellsWhichBatchesStandNextToTheDamage) {
  ASSERT_TRUE(Open().ok());
  for (Sequence sequence : {1, 2, 3}) {
    std::string group(kGroupHeaderBytes, '\0');
    group += BatchRecordBuilder({.arrival = Timestamp::FromSeconds(100 + sequence),
                                 .department = domain::DepartmentId{7},
                                 .producer = "mot-cua",
                                 .key = sequence},
                                0)
                 .Finish({});
    ASSERT_TRUE(log_->Prepare(group.size(), arrival_).ok());
    starts_.push_back(log_->NextPosition());
    ASSERT_TRUE(log_->Append(&group).ok());
  }
  FlipByte(starts_[1] + kGroupHeaderBytes);
  const LogSurvey survey = Survey();
  ASSERT_EQ(survey.damages.size(), 1u);
  EXPECT_EQ(survey.damages[0].damage.begin, starts_[1]);
  EXPECT_EQ(survey.damages[0].damage.end, starts_[2]);
  EXPECT_EQ(survey.damages[0].before->header.key, BatchKey(Sequence{1}));
  EXPECT_EQ(survey.damages[0].behind->header.key, BatchKey(Sequence{3}));
  EXPECT_EQ(survey.damages[0].behind->position, starts_[2] + kGroupHeaderBytes);
  EXPECT_EQ(survey.batches, 2u);
  EXPECT_EQ(survey.segments[0].first_arrival, Timestamp::FromSeconds(101));
  EXPECT_EQ(survey.segments[0].last_arrival, Timestamp::FromSeconds(103));
}

}  // namespace
}  // namespace iocd::eventlog
