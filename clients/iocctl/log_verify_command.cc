#include <iostream>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"
#include "iocctl/log_commands.h"
#include "iocctl/log_reading.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

using iocd::engine::DataSurvey;
using iocd::snapshot::SnapshotCheck;

std::uint64_t DamagedPlaces(const DataSurvey& survey) {
  std::uint64_t places = survey.log.damages.size();
  for (const SnapshotCheck& check : survey.snapshots) places += check.status.ok() ? 0 : 1;
  return places;
}

void PrintJson(const DataSurvey& survey, const iocd::engine::Dictionary& dictionary) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  const auto number = [&](const char* name, std::uint64_t value) {
    fields[name].set_number_value(static_cast<double>(value));
  };
  fields["sound"].set_bool_value(DamagedPlaces(survey) == 0);
  number("bytes", survey.log.files.bytes);
  number("segments", survey.log.segments.size());
  number("groups", survey.log.groups);
  number("batches", survey.log.batches);
  number("events", survey.log.events);
  number("lost_bytes", survey.log.lost_bytes);
  number("torn_bytes", survey.log.log.torn_bytes);
  number("snapshots", survey.snapshots.size());
  auto* damages = fields["damages"].mutable_list_value();
  for (const auto& damage : survey.log.damages) {
    *damages->add_values()->mutable_struct_value() = DamageJson(damage, dictionary);
  }
  for (const SnapshotCheck& check : survey.snapshots) {
    if (check.status.ok()) continue;
    auto& item = *damages->add_values()->mutable_struct_value()->mutable_fields();
    item["file"].set_string_value(check.file.path);
    item["what"].set_string_value(std::string(check.status.message()));
  }
  std::cout << ToJson(object) << "\n";
}

void PrintForPeople(const DataSurvey& survey, bool daemon_holds_it) {
  for (const auto& damage : survey.log.damages) std::cout << DamageText(damage.damage) << "\n";
  for (const SnapshotCheck& check : survey.snapshots) {
    if (!check.status.ok()) std::cout << check.file.path << ": " << check.status.message() << "\n";
  }
  const std::uint64_t places = DamagedPlaces(survey);
  std::cout << (places == 0 ? "sound: " : Counted(places, "damaged place: ", "damaged places: "))
            << Counted(survey.log.segments.size(), "segment", "segments") << " of "
            << survey.log.files.bytes << " bytes, " << Counted(survey.log.groups, "group", "groups")
            << ", " << Counted(survey.log.batches, "batch", "batches") << " with "
            << Counted(survey.log.events, "event", "events") << "; "
            << Counted(survey.snapshots.size(), "snapshot", "snapshots") << "\n";
  if (survey.log.lost_bytes > 0) {
    std::cout << survey.log.lost_bytes
              << " bytes stand for damage whose loss was accepted with 'iocctl log mend'.\n";
  }
  if (survey.log.log.torn_bytes > 0) {
    std::cout << survey.log.log.torn_bytes << " bytes at the end of " << survey.log.log.torn_file
              << (daemon_holds_it
                      ? " are being written by the daemon, or were never acknowledged.\n"
                      : " were never acknowledged; the next start cuts them.\n");
  }
}

}  // namespace

int RunLogVerify(const CommonOptions& common, const std::string& data_dir) {
  if (absl::Status found = FindLog(data_dir); !found.ok()) return Fail(kBadUsage, found.message());
  const bool daemon_holds_it = DaemonHolds(data_dir);
  const auto survey = SurveyWithProgress("verify", data_dir);
  if (!survey.ok()) return Fail(kFailed, survey.status().message());
  if (common.json) {
    PrintJson(*survey,
              survey->log.damages.empty() ? iocd::engine::Dictionary() : CodesIn(data_dir));
  } else {
    PrintForPeople(*survey, daemon_holds_it);
  }
  return DamagedPlaces(*survey) == 0 ? kDone : kFailed;
}

}  // namespace iocctl
