#include "eventlog/log_survey.h"

#include <algorithm>
#include <utility>

namespace iocd::eventlog {
namespace {

class Surveyor final : public LogVisitor {
 public:
  Surveyor(const SurveyProgress& progress, LogSurvey* survey)
      : progress_(progress), survey_(*survey) {}

  absl::Status OnSegment(const SegmentFile& file) override {
    SegmentSurvey& segment = survey_.segments.emplace_back(SegmentSurvey{.file = file});
    segment.sound_bytes = file.header ? kSegmentHeaderBytes : 0;
    const std::uint64_t file_end = file.base + file.file_bytes;
    segment.abandoned_bytes = file_end - std::min(file.end, file_end);
    bytes_before_ += file_bytes_;
    file_bytes_ = file.file_bytes;
    return absl::OkStatus();
  }

  absl::Status OnGroup(const Group& group) override {
    SegmentSurvey& segment = survey_.segments.back();
    ++segment.groups;
    segment.sound_bytes += group.size();
    const std::uint64_t read = group.position + group.size() - segment.file.base;
    if (progress_) progress_(bytes_before_ + read, survey_.files.bytes);
    return absl::OkStatus();
  }

  absl::Status OnRecord(const RawRecord& record, std::uint64_t position) override {
    SegmentSurvey& segment = survey_.segments.back();
    switch (record.type) {
      case RecordType::kDefine:
        ++segment.defines;
        break;
      case RecordType::kBatch:
        OnBatch(*BatchRecord::Parse(record.body), position, &segment);
        break;
      case RecordType::kLost:
        segment.lost_bytes += record.size();
        break;
    }
    return absl::OkStatus();
  }

  absl::Status OnDamage(const Damage& damage) override {
    survey_.damages.push_back({.damage = damage, .before = last_batch_, .behind = std::nullopt});
    return absl::OkStatus();
  }

 private:
  void OnBatch(const BatchRecord& batch, std::uint64_t position, SegmentSurvey* segment) {
    ++segment->batches;
    segment->events += batch.event_count();
    const Timestamp arrival = batch.header().arrival;
    if (!segment->first_arrival) segment->first_arrival = arrival;
    segment->last_arrival = arrival;
    last_batch_ = BatchPlace{position, batch.header()};
    for (; next_damage_ < survey_.damages.size(); ++next_damage_) {
      survey_.damages[next_damage_].behind = last_batch_;
    }
  }

  const SurveyProgress& progress_;
  LogSurvey& survey_;
  std::uint64_t bytes_before_ = 0, file_bytes_ = 0;  // of the files before this one, and of it
  std::optional<BatchPlace> last_batch_;
  std::size_t next_damage_ = 0;  // behind it and those after it no batch has been seen
};

}  // namespace

absl::StatusOr<LogSurvey> SurveyLog(FileSystem& file_system, const std::string& directory,
                                    const ReplayFrom& known, const SurveyProgress& progress) {
  LogSurvey survey;
  survey.known = known;
  auto files = ListSegmentFiles(file_system, directory, known);
  if (!files.ok()) return files.status();
  survey.files = *std::move(files);
  Surveyor surveyor(progress, &survey);
  auto log = WalkLog(file_system, survey.files, known, /*from=*/0, surveyor);
  if (!log.ok()) return log.status();
  survey.log = *std::move(log);
  for (const SegmentSurvey& segment : survey.segments) {
    survey.groups += segment.groups;
    survey.defines += segment.defines;
    survey.batches += segment.batches;
    survey.events += segment.events;
    survey.lost_bytes += segment.lost_bytes;
  }
  return survey;
}

}  // namespace iocd::eventlog
