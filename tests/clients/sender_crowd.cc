#include "sender_crowd.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <fstream>
#include <iterator>
#include <utility>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "numbered_batches.h"
#include "support/program.h"

namespace ioc::client {
namespace {

constexpr char kWithoutMemory[] = "stc";
constexpr char kSpooled[] = "stp";
/// More batches than the sender without memory, killed a few times, can have sent beyond the last
/// that it said.
constexpr std::uint64_t kAhead = 100;

using MakeBatch = v1::PushRequest(const std::string& department, std::uint64_t number,
                                  std::int64_t unix_seconds);

Account AccountOf(const std::string& department, const std::string& indicator, MakeBatch* make,
                  std::int64_t unix_seconds) {
  return {department, indicator,
          [=](std::uint64_t number) { return make(department, number, unix_seconds); }};
}

}  // namespace

const char* SenderCrowd::Catalogue() {
  return R"(
territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: sxd, name_vi: Sở, name_en: Out of order, kind: so}
  - {code: syt, name_vi: Sở, name_en: With refusals, kind: so}
  - {code: snv, name_vi: Sở, name_en: With batch ids, kind: so}
  - {code: stttt, name_vi: Sở, name_en: References that come again, kind: so}
  - {code: stc, name_vi: Sở, name_en: Without memory, kind: so}
  - {code: stp, name_vi: Sở, name_en: From a spool, kind: so}
indicators:
  - {code: dossiers_received, name_vi: N, name_en: N, kind: flow, unit: dossier, direction: none,
     cadence: realtime, reporters: all}
  - {code: dossiers_by_code, name_vi: N, name_en: N, kind: flow, unit: dossier, direction: none,
     cadence: realtime, reporters: all, count_once_by: reference}
)";
}

SenderCrowd::SenderCrowd(const std::string& target, const std::string& directory,
                         std::uint32_t seed)
    : target_(target),
      spool_directory_(directory + "/spool"),
      spool_log_(directory + "/spool_sender.log"),
      event_seconds_(absl::ToUnixSeconds(absl::Now())),
      resuming_({RESUMING_SENDER_PROGRAM, target, kWithoutMemory, absl::StrCat(event_seconds_)},
                [this] {
                  resumed_.Add();
                  acknowledged_.Add();
                }),
      appender_({SPOOL_APPENDER_PROGRAM, spool_directory_, absl::StrCat(event_seconds_)},
                [this] { appended_.Add(); }) {
  AddUnruly(AccountOf("sxd", kCounted, &NumberedBatch, event_seconds_), 3, seed);
  AddUnruly(AccountOf("syt", kCounted, &BatchWithRefusals, event_seconds_), 2, seed + 10);
  AddUnruly(AccountOf("snv", kCounted, &BatchWithId, event_seconds_), 2, seed + 20);
  AddUnruly(AccountOf("stttt", kCountedOnce, &BatchOfReferences, event_seconds_), 2, seed + 30);
  members_.push_back({AccountOf(kWithoutMemory, kCounted, &NumberedBatch, event_seconds_), {}, 0});
  members_.push_back({AccountOf(kSpooled, kCounted, &SpooledBatch, event_seconds_), {}, 0});
  resuming_.Start();
  StartAppender();
  appended_.Await(1);
  auto spool = Spool::Open(spool_directory_);
  EXPECT_TRUE(spool.ok()) << spool.status();
  spool_ = *std::move(spool);
  StartSpoolSender();
}

SenderCrowd::~SenderCrowd() {
  if (spool_sender_ > 0) KillSpoolSender();
}

void SenderCrowd::AddUnruly(Account account, int connections, std::uint32_t seed) {
  auto unruly = std::make_unique<UnrulySender>(
      UnrulySender::Options{.target = target_,
                            .connections = connections,
                            .seed = seed,
                            .batch = account.batch,
                            .on_acknowledged = [this] { acknowledged_.Add(); }});
  members_.push_back({std::move(account), std::move(unruly), 0});
}

void SenderCrowd::StartAppender() { appender_.Start({absl::StrCat(appender_.last() + 1)}); }

void SenderCrowd::StartSpoolSender() {
  const int log = open(spool_log_.c_str(), O_CREAT | O_APPEND | O_WRONLY | O_CLOEXEC, 0600);
  spool_sender_ = iocd::testing::StartProgram(
      {IOCCTL_PROGRAM, "--target", target_, "spool", "send", "--spool", spool_directory_}, -1, log,
      log);
  close(log);
}

void SenderCrowd::KillSpoolSender(std::uint64_t calls) {
  iocd::testing::AwaitReadsAndWrites(spool_sender_,
                                     iocd::testing::ReadsAndWrites(spool_sender_) + calls);
  kill(spool_sender_, SIGKILL);
  EXPECT_EQ(iocd::testing::WaitForProgram(std::exchange(spool_sender_, -1)), 128 + SIGKILL)
      << SpoolSenderLog();
}

void SenderCrowd::KillAndRestart(Process process, std::uint64_t progress, std::uint64_t calls) {
  switch (process) {
    case Process::kWithoutMemory:
      resumed_.Await(progress);
      resuming_.Kill(calls);
      return resuming_.Start();
    case Process::kAppender:
      appended_.Await(progress);
      appender_.Kill(calls);
      return StartAppender();
    case Process::kSpoolSender:
      AwaitFiled(progress);
      KillSpoolSender(calls);
      return StartSpoolSender();
  }
}

void SenderCrowd::Finish() {
  for (Member& member : members_) {
    if (member.unruly == nullptr) continue;
    member.unruly->Finish();
    member.batches = member.unruly->standing().acknowledged;
  }
  // What it had in flight when it was killed lies below this end.
  resuming_.Kill();
  const std::uint64_t end = resuming_.last() + kAhead;
  resuming_.Start({absl::StrCat(end)});
  EXPECT_EQ(resuming_.WaitForEnd(), 0);
  (members_.end() - 2)->batches = end;

  // The last one that it put in may be one that it has not said.
  appender_.Kill();
  const std::uint64_t last = appender_.last() + 1;
  appender_.Start({absl::StrCat(last), absl::StrCat(last)});
  EXPECT_EQ(appender_.WaitForEnd(), 0);
  members_.back().batches = last;

  KillSpoolSender();
  const auto rest =
      iocd::testing::RunProgram({IOCCTL_PROGRAM, "--target", target_, "spool", "send", "--spool",
                                 spool_directory_, "--until-empty", "--for", "60"});
  EXPECT_EQ(rest.exit_code, 0) << rest.err;
}

std::uint64_t SenderCrowd::AcknowledgedOf(const Member& member) const {
  if (member.unruly != nullptr) return member.unruly->standing().acknowledged;
  return member.account.department == kSpooled ? Filed() : resuming_.last();
}

std::uint64_t SenderCrowd::SentOf(const Member& member) const {
  if (member.unruly != nullptr) return member.unruly->standing().begun;
  return member.account.department == kSpooled ? appender_.last() + 1 : resuming_.last() + kAhead;
}

SpoolState SenderCrowd::SpoolStateNow() const {
  const auto state = spool_->State();
  EXPECT_TRUE(state.ok()) << state.status();
  return state.value_or(SpoolState());
}

std::uint64_t SenderCrowd::Filed() const {
  const SpoolState state = SpoolStateNow();
  return static_cast<std::uint64_t>(state.total_accepted + state.total_duplicate);
}

void SenderCrowd::AwaitFiled(std::uint64_t more) {
  const std::uint64_t enough = Filed() + more;
  const absl::Time patience = absl::Now() + absl::Minutes(1);
  while (Filed() < enough) {
    ASSERT_LT(absl::Now(), patience) << "the spool is not sent:\n" << SpoolSenderLog();
    absl::SleepFor(absl::Milliseconds(1));
  }
}

std::string SenderCrowd::SpoolSenderLog() const {
  std::ifstream file(spool_log_);
  return {std::istreambuf_iterator<char>(file), {}};
}

}  // namespace ioc::client
