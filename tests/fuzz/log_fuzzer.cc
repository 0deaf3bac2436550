// Opens whatever stands in the files of a log, as the daemon does at its start. Either it says why
// not and changes nothing, or the log is sound from then on: what it showed is shown again, and it
// takes more.

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "engine/recovery.h"
#include "eventlog/group_format.h"
#include "fuzz/log_input.h"
#include "fuzz/require.h"
#include "support/memory_file_system.h"

namespace iocd::fuzz {
namespace {

using eventlog::EventLog;
using iocd::testing::MemoryFileSystem;

const EventLog::Options kOptions{"/data/log", /*segment_bytes=*/1 << 20, /*reserve_bytes=*/4096};

struct Record {
  eventlog::RecordType type;
  std::uint64_t position;
  std::string body;
  friend bool operator==(const Record&, const Record&) = default;
};

/// Reads every part of a record, whatever comes of it.
void ReadWhole(const eventlog::RawRecord& raw) {
  if (raw.type == eventlog::RecordType::kDefine) {
    eventlog::ParseDefineRecord(raw.body).IgnoreError();
    return;
  }
  const auto batch = eventlog::BatchRecord::Parse(raw.body);
  if (!batch.ok()) return;
  std::size_t bytes = 0;
  std::uint32_t events = 0;
  const bool whole = batch->ForEachEvent([&](const domain::Event& event) {
    bytes += event.reference.size();
    ++events;
  });
  Require(!whole || events == batch->event_count(), "a whole batch shows each of its events");
  Require(bytes <= raw.body.size(), "references point into the record");
  if (const auto refusals = batch->Refusals(); refusals.ok()) {
    Require(refusals->size() == batch->refusal_count(), "all refusals are read");
  }
}

absl::StatusOr<std::unique_ptr<EventLog>> Open(MemoryFileSystem& disk, EventLog::From from,
                                               std::vector<Record>* records,
                                               EventLog::Replayed* replayed) {
  return EventLog::Open(
      kOptions, disk, from,
      [&](const eventlog::RawRecord& raw, std::uint64_t position) {
        ReadWhole(raw);
        records->push_back({raw.type, position, std::string(raw.body)});
        return absl::OkStatus();
      },
      replayed);
}

std::string AllBytes(const MemoryFileSystem& disk) {
  std::string all;
  for (const std::string& path : disk.Paths()) all += path + "\n" + disk.Contents(path) + "\n";
  return all;
}

void OpenAndGoOn(MemoryFileSystem& disk, EventLog::From from) {
  const std::string before = AllBytes(disk);
  std::vector<Record> shown;
  EventLog::Replayed replayed;
  auto log = Open(disk, from, &shown, &replayed);
  if (!log.ok()) {
    RequireSentence(log.status());
    Require(AllBytes(disk) == before, "who refuses a log changes nothing", log.status().ToString());
    return;
  }
  for (const Record& record : shown) {
    const auto body = (*log)->ReadBody(record.position);
    Require(body.ok() && *body == record.body, "a record is read back from its position");
  }
  std::string group(eventlog::kGroupHeaderBytes, '\0');
  AppendTo(&group, eventlog::DefineRecord{eventlog::DefinedThing::kDepartment, 1, "more"});
  const bool taken = (*log)->Prepare(group.size(), {}).ok() && (*log)->Append(&group).ok();
  Require(taken, "a log that was opened takes more");
  log->reset();
  disk.Crash();

  std::vector<Record> again;
  EventLog::Replayed replayed_again;
  const auto second = Open(disk, from, &again, &replayed_again);
  Require(second.ok(), "a log that was opened opens again", second.status().ToString());
  Require(again.size() == shown.size() + 1, "nothing is lost and the new record is there");
  again.pop_back();
  Require(again == shown, "the same records are shown again");
  Require(replayed_again.torn_bytes == 0, "a torn tail is cut once");
}

/// The whole recovery, of which the state is a part.
void Recover(MemoryFileSystem& disk) {
  engine::RecoveryOptions options;
  options.log = kOptions;
  options.snapshot_directory = "/data/snapshots";
  engine::State state;
  engine::Recovery recovery;
  const auto log = engine::RecoverState(options, disk, &state, &recovery);
  if (!log.ok()) return RequireSentence(log.status());
  std::string bytes;
  state.EncodeTo(&bytes);
}

}  // namespace
}  // namespace iocd::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace iocd::fuzz;
  const auto input = LogInput::Decode({reinterpret_cast<const char*>(data), size});
  const std::vector<LogInput::File> files = input.OnDisk();
  iocd::testing::MemoryFileSystem disk, same_disk;
  for (const LogInput::File& file : files) {
    const std::string path = "/data/log/" + iocd::eventlog::SegmentName(file.base);
    disk.SetContents(path, file.bytes);
    same_disk.SetContents(path, file.bytes);
  }
  Recover(same_disk);
  iocd::eventlog::EventLog::From from;
  if (input.from_second && files.size() > 1) from = {files[1].base, files[1].base};
  OpenAndGoOn(disk, from);
  return 0;
}
