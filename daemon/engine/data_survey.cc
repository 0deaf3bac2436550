#include "engine/data_survey.h"

#include <utility>

#include "base/dry_run_file_system.h"
#include "engine/data_directory.h"
#include "engine/snapshot_loader.h"
#include "engine/state.h"
#include "eventlog/define_record.h"

namespace iocd::engine {
namespace {

absl::StatusOr<std::vector<snapshot::SnapshotCheck>> CheckSnapshots(FileSystem& file_system,
                                                                    const std::string& directory) {
  std::vector<snapshot::SnapshotCheck> checks;
  const auto files = snapshot::ListSnapshots(file_system, directory);
  if (absl::IsNotFound(files.status())) return checks;
  if (!files.ok()) return files.status();
  for (const snapshot::SnapshotFile& file : *files) {
    snapshot::SnapshotCheck check = snapshot::CheckSnapshot(file_system, file);
    if (!absl::IsNotFound(check.status)) checks.push_back(std::move(check));
  }
  return checks;
}

/// Takes the definitions and passes over those that make no sense: what is left is shown to people.
class DefinitionReader final : public eventlog::LogVisitor {
 public:
  explicit DefinitionReader(Dictionary* dictionary) : dictionary_(*dictionary) {}

  absl::Status OnRecord(const eventlog::RawRecord& record, std::uint64_t /*position*/) override {
    if (record.type == eventlog::RecordType::kDefine) {
      dictionary_.Apply(*eventlog::ParseDefineRecord(record.body)).IgnoreError();
    }
    return absl::OkStatus();
  }

 private:
  Dictionary& dictionary_;
};

}  // namespace

absl::StatusOr<DataSurvey> SurveyData(FileSystem& file_system, const std::string& data_directory,
                                      const eventlog::SurveyProgress& progress) {
  DataSurvey survey;
  // Snapshots first: all that they prove durable is then in the files of the log that are found.
  auto snapshots = CheckSnapshots(file_system, SnapshotDirectory(data_directory));
  if (!snapshots.ok()) return snapshots.status();
  survey.snapshots = *std::move(snapshots);
  for (const snapshot::SnapshotCheck& check : survey.snapshots) {
    if (!check.status.ok()) continue;
    survey.known = {.position = check.file.start, .synced_through = check.end};
    break;
  }
  auto log = eventlog::SurveyLog(file_system, LogDirectory(data_directory), survey.known, progress);
  if (!log.ok()) return log.status();
  survey.log = *std::move(log);
  return survey;
}

absl::StatusOr<LogReadings> PrepareToRead(FileSystem& file_system,
                                          const std::string& data_directory) {
  DryRunFileSystem unchanged(file_system);
  LogReadings readings;
  State state;
  const auto snapshot = LoadNewestSnapshot(unchanged, SnapshotDirectory(data_directory),
                                           /*stop_requested=*/{}, &state);
  if (snapshot.ok()) {
    readings.dictionary = state.dictionary();
    readings.known = {.position = snapshot->start, .synced_through = snapshot->end};
  }
  auto files =
      eventlog::ListSegmentFiles(file_system, LogDirectory(data_directory), readings.known);
  if (!files.ok()) return files.status();
  readings.files = *std::move(files);
  DefinitionReader reader(&readings.dictionary);
  const auto walked = eventlog::WalkLog(file_system, readings.files, readings.known,
                                        readings.known.position, reader);
  if (!walked.ok()) return walked.status();
  return readings;
}

}  // namespace iocd::engine
