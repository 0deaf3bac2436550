// A process that writes a ledger is killed at moments that nobody chose.
#include <fcntl.h>
#include <signal.h>
#include <unistd.h>

#include <cstdio>
#include <optional>
#include <random>

#include "ledger_fixture.h"
#include "ledger_model.h"
#include "random_updates.h"
#include "support/program.h"

namespace iocd::ledger {
namespace {

constexpr int kKills = 60;
constexpr std::uint64_t kSeed = 5;

/// What a writer said before it was killed: nullopt if that was before the ledger was open.
struct Said {
  std::optional<std::uint64_t> first, last;
};

class LedgerKillTest : public LedgerTest {
 protected:
  /// Starts a writer, waits for so many words of it and then for so many reads and writes, and
  /// kills it.
  Said WriteUntilKilled(int words, int calls) {
    int ends[2];
    EXPECT_EQ(pipe2(ends, O_CLOEXEC), 0);
    const pid_t pid = iocd::testing::StartProgram(
        {LEDGER_WRITER_PROGRAM, path(), std::to_string(kSeed)}, -1, ends[1], -1);
    close(ends[1]);
    std::FILE* out = fdopen(ends[0], "r");
    Said said;
    unsigned long long position = 0;
    const auto hear = [&] {
      if (std::fscanf(out, "%llu\n", &position) != 1) return false;
      if (!said.first) said.first = position;
      said.last = position;
      return true;
    };
    while (words > 0 && hear()) --words;
    iocd::testing::AwaitReadsAndWrites(
        pid, iocd::testing::ReadsAndWrites(pid) + static_cast<std::uint64_t>(calls));
    kill(pid, SIGKILL);
    EXPECT_EQ(iocd::testing::WaitForProgram(pid), 128 + SIGKILL);
    while (hear()) {  // said before it died
    }
    std::fclose(out);
    return said;
  }
};

TEST_F(LedgerKillTest, IsSoundAndHoldsExactlyWhatItsPositionSaysAfterEachKill) {
  std::mt19937 random(11);
  const auto below = [&random](int bound) {
    return std::uniform_int_distribution<int>(0, bound - 1)(random);
  };
  LedgerModel model;
  Open();
  int between = 0;  // kills that came after a commit and before its word
  for (int kills = 1; kills <= kKills; ++kills) {
    SCOPED_TRACE(kills);
    const Said said = WriteUntilKilled(below(12), below(40));
    // Most of the time nobody else opens it for writing, so that its log grows from kill to kill
    // and is copied into the file while the writer runs.
    if (kills % 10 == 0) Open();
    const auto reader = Reader();
    ASSERT_NE(reader, nullptr);
    const auto position = reader->Position();
    ASSERT_TRUE(position.ok()) << position.status();
    if (said.first) {
      EXPECT_EQ(*said.first, model.position());  // it had found what the reader found before
    }
    const std::uint64_t acknowledged = said.last.value_or(model.position());
    ASSERT_GE(*position, acknowledged);
    ASSERT_LE(*position, acknowledged + 1);
    if (*position > acknowledged) ++between;
    while (model.position() < *position) model.Apply(RandomUpdate(kSeed, model.position() + 1));
    ASSERT_EQ(model.DifferenceFrom(*reader), "");
    const absl::Status sound = Raw(Database::Access::kRead)->CheckIntegrity();
    ASSERT_TRUE(sound.ok()) << sound;
  }
  EXPECT_GT(model.position(), std::uint64_t{kKills});
  RecordProperty("kills_between_commit_and_word", between);
}

}  // namespace
}  // namespace iocd::ledger
