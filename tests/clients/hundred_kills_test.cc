// A hundred SIGKILLs under load: of the daemon, also while it recovers; of a spool's appender and
// its sender; of a sender without memory. Meanwhile snapshots are taken, old segments go, and
// senders push out of order, repeat, and repeat at the same time. Every acknowledged event counts
// exactly once.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ioc/client/channel.h"
#include "numbered_batches.h"
#include "sender_crowd.h"
#include "support/daemon_process.h"
#include "support/temporary_directory.h"

namespace ioc::client {
namespace {

using iocd::testing::DaemonProcess;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using Process = SenderCrowd::Process;

constexpr int kKills = 100;
constexpr int kKillsForAStop = 20;        // after so many the daemon is asked to end, once
constexpr std::uint64_t kMostCalls = 24;  // reads and writes from a promise to a kill
constexpr std::uint32_t kSeed = 20'241'126;

// The smallest segments that the configuration allows, and none kept for its age.
constexpr std::uint64_t kSegmentBytes = 64 * 1024;
constexpr char kConfiguration[] = R"(
log: {segment_mib: 0.0625, retention_days: 0}
snapshots: {every_mib: 0.125}
catalogue: [catalogue.yaml]
)";

class HundredKillsTest : public ::testing::Test {
 protected:
  HundredKillsTest() {
    std::ofstream(directory_.File("catalogue.yaml")) << SenderCrowd::Catalogue();
    std::ofstream(directory_.File("iocd.yaml")) << kConfiguration;
    daemon_ = std::make_unique<DaemonProcess>(
        DaemonProcess::Options{.program = IOCD_PROGRAM,
                               .config = directory_.File("iocd.yaml"),
                               .data_dir = directory_.File("data"),
                               .host = "127.0.0.2"});
    channel_ = Connect(daemon_->grpc_address());
    crowd_ = std::make_unique<SenderCrowd>(daemon_->grpc_address(), directory_.path(), kSeed);
  }

  /// Both included.
  std::uint64_t Random(std::uint64_t least, std::uint64_t most) {
    return std::uniform_int_distribution<std::uint64_t>(least, most)(random_);
  }

  /// Kills the daemon in its work, one time in three also while it recovers from that, and one time
  /// in three a client while it is away.
  void KillDaemon() {
    crowd_->AwaitAcknowledged(Random(1, 100));
    const std::vector<std::uint64_t> before = Acknowledged();
    daemon_->KillAfter(Random(0, kMostCalls));
    ++kills_["the daemon"];
    LookAtFiles();
    if (Random(0, 2) == 0) {
      for (std::uint64_t times = Random(1, 3); times > 0; --times) {
        daemon_->StartAndKill(static_cast<double>(Random(0, 999)) / 1'000);
        ++kills_["the recovering daemon"];
        LookAtFiles();
      }
    }
    if (Random(0, 2) == 0) KillAClient(0, 0);
    daemon_->Start();
    ExpectNothingMissing(before);
  }

  void KillAClient(std::uint64_t progress, std::uint64_t calls) {
    static const std::vector<std::pair<Process, std::string>> processes = {
        {Process::kAppender, "the appender of the spool"},
        {Process::kSpoolSender, "the sender of the spool"},
        {Process::kWithoutMemory, "the sender without memory"}};
    const auto& [process, name] = processes[Random(0, processes.size() - 1)];
    crowd_->KillAndRestart(process, progress, calls);
    ++kills_[name];
  }

  void StopDaemon() {
    crowd_->AwaitAcknowledged(Random(1, 100));
    const std::vector<std::uint64_t> before = Acknowledged();
    EXPECT_EQ(daemon_->Stop(), 0);
    daemon_->Start();
    ExpectNothingMissing(before);
  }

  int Kills() const {
    int sum = 0;
    for (const auto& [name, count] : kills_) sum += count;
    return sum;
  }

  std::vector<std::uint64_t> Acknowledged() const {
    std::vector<std::uint64_t> batches;
    for (const auto& member : crowd_->members()) batches.push_back(crowd_->AcknowledgedOf(member));
    return batches;
  }

  /// In the midst: the daemon counts no less than it had acknowledged, and no more than was sent.
  void ExpectNothingMissing(const std::vector<std::uint64_t>& acknowledged) {
    auto least = acknowledged.begin();
    for (const SenderCrowd::Member& member : crowd_->members()) {
      const std::uint64_t batches = *least++;
      if (member.account.indicator == kCountedOnce) continue;  // which it counts is seen in the end
      const auto events_of_a_batch =
          static_cast<std::uint64_t>(member.account.batch(1).events_size());
      const std::uint64_t counted = member.account.Counted(channel_).events;
      ASSERT_GE(counted, batches * events_of_a_batch) << member.account.department;
      ASSERT_LE(counted, crowd_->SentOf(member) * events_of_a_batch) << member.account.department;
    }
  }

  void ExpectExact() {
    for (const SenderCrowd::Member& member : crowd_->members()) {
      member.account.ExpectExact(channel_, member.batches);
    }
  }

  /// No answer broke the contract, and what the answers called counted is what is counted.
  void ExpectAnswersAgree() {
    for (const SenderCrowd::Member& member : crowd_->members()) {
      if (member.unruly == nullptr) continue;
      EXPECT_THAT(member.unruly->violations(), IsEmpty()) << member.account.department;
      std::uint64_t accepted = 0;
      bool all_known = true;
      for (const auto& [number, promise] : member.unruly->promises()) {
        accepted += promise.accepted;
        all_known = all_known && promise.answer_known;
      }
      const std::uint64_t counted = member.account.WorthOf(member.batches).events;
      EXPECT_TRUE(all_known ? accepted == counted : accepted < counted)
          << member.account.department << ": " << accepted << " of " << counted;
    }
  }

  void ExpectSpoolIsDone() {
    const SpoolState state = crowd_->SpoolStateNow();
    const auto batches = static_cast<std::int64_t>(crowd_->members().back().batches);
    EXPECT_EQ(state.waiting_batches, 0);
    EXPECT_EQ(state.waiting_events, 0);
    EXPECT_EQ(state.waiting_bytes, 0);
    EXPECT_EQ(state.dead_letters, 0);
    EXPECT_EQ(state.total_dead_letters, 0);
    EXPECT_EQ(state.total_accepted + state.total_duplicate, batches);
    EXPECT_EQ(state.last_answered_sequence, batches);
    EXPECT_EQ(state.next_sequence, batches + 1);
    EXPECT_THAT(crowd_->SpoolSenderLog(), Not(HasSubstr("alarm")));
  }

  /// Notes what lies in the data directory of the daemon that is down.
  void LookAtFiles() {
    namespace fs = std::filesystem;
    for (const auto& entry : fs::directory_iterator(directory_.File("data/snapshots"))) {
      const std::string name = entry.path().filename();
      if (name == "unfinished") ++unfinished_snapshots_;
      if (entry.path().extension() == ".snapshot") snapshots_.insert(name);
    }
    std::set<std::string> segments;
    for (const auto& entry : fs::directory_iterator(directory_.File("data/log"))) {
      segments.insert(entry.path().stem());
    }
    if (!segments.empty()) first_position_ = std::stoull(*segments.begin());
  }

  /// The run met what it was made for; otherwise it proves less than its name says.
  void ExpectMuchHappened() const {
    EXPECT_EQ(kills_.size(), 5u);
    for (const auto& [name, count] : kills_) EXPECT_GE(count, 3) << name;
    EXPECT_GE(snapshots_.size(), 10u);
    EXPECT_GE(unfinished_snapshots_, 1);
    EXPECT_GE(first_position_, 50 * kSegmentBytes);
    std::uint64_t expired = 0;
    for (const SenderCrowd::Member& member : crowd_->members()) {
      if (member.unruly == nullptr) continue;
      EXPECT_GE(member.unruly->duplicates(), 100u) << member.account.department;
      expired += member.unruly->expired();
    }
    EXPECT_GE(expired, 1u);  // refusals whose text went with its segment
  }

  void Report() const {
    for (const auto& [name, count] : kills_) std::cout << "killed " << name << " " << count << "\n";
    std::cout << "snapshots seen " << snapshots_.size() << ", unfinished " << unfinished_snapshots_
              << "; of the log " << first_position_ << " bytes had been removed\n";
    for (const SenderCrowd::Member& member : crowd_->members()) {
      std::cout << member.account.department << ": " << member.batches << " batches";
      if (member.unruly != nullptr) {
        std::cout << ", " << member.unruly->duplicates() << " duplicates, "
                  << member.unruly->expired() << " expired";
      }
      std::cout << "\n";
    }
  }

  const iocd::testing::TemporaryDirectory directory_;
  std::mt19937 random_{kSeed};
  std::unique_ptr<DaemonProcess> daemon_;
  std::shared_ptr<grpc::Channel> channel_;
  std::unique_ptr<SenderCrowd> crowd_;
  std::map<std::string, int> kills_;
  std::set<std::string> snapshots_;
  int unfinished_snapshots_ = 0;
  std::uint64_t first_position_ = 0;  // of the log that is left
};

TEST_F(HundredKillsTest, LeaveEveryAcknowledgedEventCountedOnce) {
  std::cout << "seed " << kSeed << "\n";
  for (int next_stop = kKillsForAStop; Kills() < kKills && !HasFailure();) {
    if (Random(0, 1) == 0) {
      KillDaemon();
    } else {
      KillAClient(Random(1, 30), Random(0, kMostCalls));
    }
    if (Kills() < next_stop) continue;
    next_stop += kKillsForAStop;
    StopDaemon();
  }
  crowd_->Finish();
  Report();
  ExpectMuchHappened();
  ExpectAnswersAgree();
  ExpectSpoolIsDone();
  ExpectExact();
  daemon_->Kill();
  daemon_->Start();
  for (const SenderCrowd::Member& member : crowd_->members()) {
    member.account.ExpectDuplicates(daemon_->grpc_address(), member.batches);
  }
  ExpectExact();
}

}  // namespace
}  // namespace ioc::client
