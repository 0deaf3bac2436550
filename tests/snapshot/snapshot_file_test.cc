#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <xxhash.h>

#include <string>
#include <vector>

#include "base/coding.h"
#include "snapshot/snapshot_directory.h"
#include "snapshot/snapshot_reader.h"
#include "snapshot/snapshot_writer.h"
#include "support/memory_file_system.h"

namespace iocd::snapshot {
namespace {

using ::testing::HasSubstr;

constexpr char kDirectory[] = "/snapshots";

struct Piece {
  std::uint32_t type;
  std::uint64_t covered;
  std::string payload;
  friend bool operator==(const Piece&, const Piece&) = default;
};

class SnapshotFileTest : public ::testing::Test {
 protected:
  absl::Status Write(std::uint64_t start, const std::vector<Piece>& pieces, std::uint64_t end) {
    auto writer = SnapshotWriter::Create(disk_, kDirectory, {start, Timestamp::FromSeconds(9)});
    if (!writer.ok()) return writer.status();
    for (const Piece& piece : pieces) {
      absl::Status added = (*writer)->Add({piece.type, piece.covered, piece.payload});
      if (!added.ok()) return added;
    }
    return (*writer)->Finish(end).status();
  }

  /// All sections, or why the file cannot be trusted.
  absl::StatusOr<std::vector<Piece>> Read(std::uint64_t start) {
    auto file = disk_.OpenForRead(SnapshotPath(kDirectory, start));
    if (!file.ok()) return file.status();
    auto reader = SnapshotReader::Open(*std::move(file));
    if (!reader.ok()) return reader.status();
    std::vector<Piece> pieces;
    while (true) {
      auto section = reader->Next();
      if (!section.ok()) return section.status();
      if (!section->has_value()) break;
      pieces.push_back({(*section)->type, (*section)->covered, std::string((*section)->payload)});
    }
    end_ = reader->end();
    return pieces;
  }

  iocd::testing::MemoryFileSystem disk_;
  const std::vector<Piece> pieces_ = {
      {2, 100, "series"}, {3, 150, std::string(70'000, 'd')}, {1, 180, ""}};
  std::uint64_t end_ = 0;
};

TEST_F(SnapshotFileTest, ReadsBackWhatWasWrittenAlsoAfterALossOfPower) {
  ASSERT_TRUE(Write(100, pieces_, 180).ok());
  disk_.Crash();
  const auto read = Read(100);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, pieces_);
  EXPECT_EQ(end_, 180u);
}

TEST_F(SnapshotFileTest, HasNoNameBeforeItIsFinished) {
  auto writer = SnapshotWriter::Create(disk_, kDirectory, {100, {}});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Add({2, 100, "series"}).ok());
  EXPECT_TRUE(ListSnapshots(disk_, kDirectory)->empty());
  writer->reset();
  EXPECT_TRUE(disk_.Paths().empty()) << "an unfinished snapshot is removed";
}

// A stop had to wait until all of it was read back, however large it was.
TEST_F(SnapshotFileTest, CanBeGivenUpWhileItIsReadBack) {
  ASSERT_TRUE(Write(50, pieces_, 90).ok());
  auto writer = SnapshotWriter::Create(disk_, kDirectory, {100, {}});
  ASSERT_TRUE(writer.ok());
  ASSERT_TRUE((*writer)->Add({2, 100, "series"}).ok());
  const auto bytes = (*writer)->Finish(100, [] { return true; });
  EXPECT_TRUE(absl::IsCancelled(bytes.status())) << bytes.status();
  writer->reset();
  EXPECT_THAT(disk_.Paths(), ::testing::ElementsAre(SnapshotPath(kDirectory, 50)));
}

TEST_F(SnapshotFileTest, TellsEveryFlippedBit) {
  ASSERT_TRUE(Write(100, {{2, 100, "series"}, {1, 180, "dictionary"}}, 180).ok());
  const std::string path = SnapshotPath(kDirectory, 100);
  const std::string sound = disk_.Contents(path);
  for (std::size_t bit = 0; bit < sound.size() * 8; ++bit) {
    std::string damaged = sound;
    damaged[bit / 8] = static_cast<char>(damaged[bit / 8] ^ (1 << (bit % 8)));
    disk_.SetContents(path, damaged);
    EXPECT_TRUE(absl::IsDataLoss(Read(100).status())) << "bit " << bit;
  }
}

TEST_F(SnapshotFileTest, TellsWhenItIsCutOffOrGoesOn) {
  ASSERT_TRUE(Write(100, {{2, 100, "series"}, {1, 180, "dictionary"}}, 180).ok());
  const std::string path = SnapshotPath(kDirectory, 100);
  const std::string sound = disk_.Contents(path);
  for (std::size_t size = 0; size < sound.size(); ++size) {
    disk_.SetContents(path, sound.substr(0, size));
    EXPECT_TRUE(absl::IsDataLoss(Read(100).status())) << size << " bytes";
  }
  disk_.SetContents(path, sound + "x");
  EXPECT_TRUE(absl::IsDataLoss(Read(100).status()));
}

TEST_F(SnapshotFileTest, TellsExchangedSections) {
  const Piece a{2, 100, "a"}, b{2, 100, "b"};
  ASSERT_TRUE(Write(100, {a, b}, 100).ok());
  const std::string path = SnapshotPath(kDirectory, 100);
  std::string bytes = disk_.Contents(path);
  const std::size_t size = kSectionHeaderBytes + 1;
  const std::string first = bytes.substr(kHeadBytes, size);
  bytes.replace(kHeadBytes, size, bytes.substr(kHeadBytes + size, size));
  bytes.replace(kHeadBytes + size, size, first);
  disk_.SetContents(path, bytes);
  EXPECT_TRUE(absl::IsDataLoss(Read(100).status()));
}

TEST_F(SnapshotFileTest, RefusesANewerFormatWithASentence) {
  ASSERT_TRUE(Write(100, pieces_, 180).ok());
  const std::string path = SnapshotPath(kDirectory, 100);
  std::string bytes = disk_.Contents(path);
  // As a newer daemon would write it: the head of another version, with its checksum.
  PutAt<std::uint32_t>(&bytes, 8, kFormatVersion + 1);
  PutAt<std::uint64_t>(&bytes, 32, XXH3_64bits(bytes.data(), 32));
  disk_.SetContents(path, bytes);
  const absl::Status refused = Read(100).status();
  EXPECT_TRUE(absl::IsFailedPrecondition(refused)) << refused;
  EXPECT_THAT(std::string(refused.message()), HasSubstr("it has format 3"));
}

TEST_F(SnapshotFileTest, KeepsTheOldOnesWhateverCallFails) {
  ASSERT_TRUE(Write(100, pieces_, 180).ok());
  for (int call = 1; call < 40; ++call) {
    for (const bool sync : {false, true}) {
      sync ? disk_.FailSync(call) : disk_.FailWrite(call);
      const absl::Status written = Write(200, pieces_, 280);
      disk_.FailSync(0);
      disk_.FailWrite(0);
      disk_.Crash();
      ASSERT_TRUE(Read(100).ok()) << "call " << call << ": " << Read(100).status();
      if (written.ok()) {
        EXPECT_TRUE(Read(200).ok());
      }
    }
  }
}

}  // namespace
}  // namespace iocd::snapshot
