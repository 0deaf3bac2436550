// Writes what the fuzzers begin with: the files of a real engine, real requests.
//   write_seeds DIRECTORY    makes DIRECTORY/{log,snapshot,push}_fuzzer/ and a file for each seed

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "fuzz/log_input.h"
#include "fuzz/require.h"
#include "fuzz/snapshot_input.h"
#include "ioc/v1/ingest.pb.h"
#include "support/engine_harness.h"

namespace iocd::fuzz {
namespace {

const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);
constexpr char kLog[] = "/data/log/";
constexpr char kSnapshots[] = "/data/snapshots/";

/// Seeds of one fuzzer, numbered.
class Seeds {
 public:
  explicit Seeds(const std::filesystem::path& directory) : directory_(directory) {
    std::filesystem::create_directories(directory);
  }
  void Add(const std::string& bytes) {
    std::ofstream file(directory_ / ("seed-" + std::to_string(++written_)), std::ios::binary);
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    Require(file.good(), "a seed is written", directory_.string());
  }

 private:
  const std::filesystem::path directory_;
  int written_ = 0;
};

/// Batches of every kind of indicator and key, with references that count once and refusals.
void PushSome(iocd::testing::EngineHarness& harness, std::uint64_t first, std::uint64_t last) {
  const char* indicators[] = {"flow",  "ratio", "duration", "coverage",
                              "score", "rank",  "reported", "worst"};
  for (std::uint64_t i = first; i <= last; ++i) {
    std::vector<domain::Event> events;
    for (const char* indicator : indicators) {
      domain::Event event = harness.Event(i % 2 == 0 ? "a" : "b", indicator, kNow, 1.5);
      event.second = 2;
      event.has_second = i % 3 == 0;
      event.counts_once = i % 4 == 0;
      event.reference = "HS-0001";
      events.push_back(event);
    }
    eventlog::BatchKey key = i * 2;
    if (i % 3 == 0) key = "id-" + std::to_string(i);
    if (i % 5 == 0) key = eventlog::NoKey{};
    std::vector<domain::Refusal> refusals;
    if (i % 4 == 1) refusals = {{1, domain::RefusalCode::kOutOfRange, "value 11 is above 10"}};
    const auto answer =
        harness.Push(harness.MakeBatch(i % 2 == 0 ? "p" : "q", key, events, kNow, refusals));
    Require(answer.ok(), "a batch is taken", answer.status().ToString());
  }
}

std::vector<std::string> FilesBelow(const iocd::testing::MemoryFileSystem& disk,
                                    const std::string& prefix) {
  std::vector<std::string> files;
  for (const std::string& path : disk.Paths()) {
    if (path.starts_with(prefix)) files.push_back(disk.Contents(path));
  }
  return files;
}

void AddLog(const iocd::testing::MemoryFileSystem& disk, Seeds* seeds) {
  LogInput input{.files = FilesBelow(disk, kLog)};
  seeds->Add(input.Encode());
  input.from_second = true;
  seeds->Add(input.Encode());
  input.seal_headers = input.seal_groups = true;
  seeds->Add(input.Encode());
  input.from_second = false;
  seeds->Add(input.Encode());
  input.mark_groups = true;
  seeds->Add(input.Encode());
}

void WriteOfEngine(const std::filesystem::path& directory) {
  Seeds log(directory / "log_fuzzer"), snapshots(directory / "snapshot_fuzzer");
  for (const std::uint64_t segment_bytes : {1'200, 1 << 20}) {
    iocd::testing::EngineHarness harness;
    harness.options().segment_bytes = segment_bytes;
    Require(harness.Start().ok(), "an engine starts");
    PushSome(harness, 1, 2);
    AddLog(harness.disk(), &log);
    Require(harness.TakeSnapshot().status.ok(), "a snapshot is taken");
    PushSome(harness, 3, 5);
    harness.Stop();
    AddLog(harness.disk(), &log);
    for (const std::string& file : FilesBelow(harness.disk(), kSnapshots)) {
      for (const bool seal : {false, true}) {
        snapshots.Add(SnapshotInput{seal, file}.Encode());
      }
    }
  }
}

ioc::v1::Event OneEvent(const std::string& indicator, double value) {
  ioc::v1::Event event;
  event.set_indicator(indicator);
  event.mutable_event_time()->set_seconds(1'700'000'000);
  event.set_value(value);
  return event;
}

void WriteRequests(const std::filesystem::path& directory) {
  Seeds seeds(directory / "push_fuzzer");
  ioc::v1::PushRequest request;
  request.set_department("a");
  request.set_producer("p");
  request.set_sequence(300);
  *request.add_events() = OneEvent("flow", 0.5);
  seeds.Add(request.SerializeAsString());
  request.set_batch_id("lô số 1");
  request.set_validate_only(true);
  *request.add_events() = OneEvent("rank", 3);
  ioc::v1::Event* ratio = request.add_events();
  *ratio = OneEvent("ratio", 0);
  ratio->mutable_ratio()->set_numerator(1);
  ratio->mutable_ratio()->set_denominator(2);
  ratio->set_reference("HS-0001");
  ioc::v1::Event* stock = request.add_events();
  *stock = OneEvent("stock", 7);
  stock->set_member("north");
  stock->set_department("b");
  ioc::v1::Event* score = request.add_events();
  *score = OneEvent("score", 7);
  score->set_weight(3);
  seeds.Add(request.SerializeAsString());
  request.set_simulated(true);
  request.set_department("nobody");
  seeds.Add(request.SerializeAsString());
}

}  // namespace
}  // namespace iocd::fuzz

int main(int argc, char** argv) {
  if (argc != 2) {
    std::fputs("usage: write_seeds DIRECTORY\n", stderr);
    return 2;
  }
  iocd::fuzz::WriteOfEngine(argv[1]);
  iocd::fuzz::WriteRequests(argv[1]);
  return 0;
}
