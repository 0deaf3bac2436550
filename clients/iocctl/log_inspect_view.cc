#include "iocctl/log_inspect_view.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/json_text.h"
#include "iocctl/log_words.h"
#include "iocctl/table.h"

namespace iocctl {
namespace {

using google::protobuf::Struct;
using iocd::eventlog::SegmentSurvey;
using iocd::snapshot::SnapshotCheck;

constexpr const char* kRed = "31";
constexpr const char* kYellow = "33";

std::string FileName(const std::string& path) {
  return std::filesystem::path(path).filename().string();
}

std::string ArrivalText(const std::optional<iocd::Timestamp>& arrival) {
  return arrival ? iocd::ToLocalText(*arrival) : "-";
}

std::uint64_t DamagedBytes(const LogInspection& inspection, const SegmentSurvey& segment) {
  std::uint64_t bytes = 0;
  for (const auto& one : inspection.survey.log.damages) {
    if (one.damage.base == segment.file.base) bytes += one.damage.size();
  }
  return bytes;
}

/// What of a segment's file is valid.
Cell ValidCell(const LogInspection& inspection, const SegmentSurvey& segment) {
  std::vector<std::string> parts;
  std::string color;
  const auto& log = inspection.survey.log.log;
  if (const std::uint64_t damaged = DamagedBytes(inspection, segment); damaged > 0) {
    parts.push_back(
        absl::StrCat(damaged, segment.file.exists ? " bytes damaged" : " bytes missing"));
    color = kRed;
  }
  if (log.torn_bytes > 0 && log.torn_file == segment.file.path) {
    parts.push_back(absl::StrCat(log.torn_bytes, " bytes of torn tail"));
    if (color.empty()) color = kYellow;
  }
  if (segment.abandoned_bytes > 0) {
    parts.push_back(absl::StrCat(segment.abandoned_bytes, " bytes abandoned"));
  }
  if (segment.lost_bytes > 0) {
    parts.push_back(absl::StrCat(segment.lost_bytes, " bytes given up"));
  }
  return {parts.empty() ? "all" : absl::StrJoin(parts, ", "), color};
}

std::string SegmentTable(const LogInspection& inspection, bool colored) {
  Table table({{"SEGMENT"},
               {"FROM POSITION", true},
               {"TO", true},
               {"BYTES", true},
               {"FIRST ARRIVAL"},
               {"LAST ARRIVAL"},
               {"GROUPS", true},
               {"BATCHES", true},
               {"EVENTS", true},
               {"VALID"}});
  for (const SegmentSurvey& segment : inspection.survey.log.segments) {
    table.AddRow({{FileName(segment.file.path)},
                  {absl::StrCat(segment.file.base)},
                  {absl::StrCat(segment.file.end)},
                  {absl::StrCat(segment.file.file_bytes)},
                  {ArrivalText(segment.first_arrival)},
                  {ArrivalText(segment.last_arrival)},
                  {absl::StrCat(segment.groups)},
                  {absl::StrCat(segment.batches)},
                  {absl::StrCat(segment.events)},
                  ValidCell(inspection, segment)});
  }
  return table.ToText(colored);
}

std::string SnapshotTable(const LogInspection& inspection, bool colored) {
  if (inspection.survey.snapshots.empty()) return "There is no snapshot.\n";
  Table table(
      {{"SNAPSHOT"}, {"START", true}, {"END", true}, {"BYTES", true}, {"LAST ARRIVAL"}, {"STATE"}});
  for (const SnapshotCheck& check : inspection.survey.snapshots) {
    const bool sound = check.status.ok();
    table.AddRow({{FileName(check.file.path)},
                  {absl::StrCat(check.file.start)},
                  {sound ? absl::StrCat(check.end) : "-"},
                  {absl::StrCat(check.bytes)},
                  {sound ? iocd::ToLocalText(check.head.newest_arrival) : "-"},
                  {sound ? "sound" : std::string(check.status.message()), sound ? "" : kRed}});
  }
  return table.ToText(colored);
}

/// How much of the log a start reads.
std::uint64_t BytesBehind(const LogInspection& inspection) {
  const std::uint64_t end = inspection.survey.log.log.end;
  return end - std::min(end, inspection.start.recovery.snapshot.start);
}

std::string StartText(const LogInspection& inspection) {
  const auto& recovery = inspection.start.recovery;
  std::string text;
  for (const std::string& damaged : recovery.snapshot.damaged) {
    absl::StrAppend(&text, "It would set aside a damaged snapshot: ", damaged, "\n");
  }
  if (!inspection.start.status.ok()) {
    return absl::StrCat("A start of the daemon would be refused:\n", text,
                        inspection.start.status.message(), "\n");
  }
  if (recovery.log.torn_bytes > 0) {
    absl::StrAppend(&text, "It would cut ", recovery.log.torn_bytes,
                    " bytes, never acknowledged, from the end of ", recovery.log.torn_file, "\n");
  }
  const std::string from =
      recovery.snapshot.path.empty()
          ? "read the whole log, without a snapshot"
          : absl::StrCat("go on from ", recovery.snapshot.path, " (", recovery.snapshot.bytes,
                         " bytes), and read the log behind it");
  return absl::StrCat("A start of the daemon would ", from, ": ", BytesBehind(inspection),
                      " bytes, ", Counted(recovery.batches, "batch", "batches"), " with ",
                      Counted(recovery.events, "event", "events"), ".\n", text);
}

Struct SegmentJson(const LogInspection& inspection, const SegmentSurvey& segment) {
  Struct object;
  auto& fields = *object.mutable_fields();
  const auto number = [&](const char* name, std::uint64_t value) {
    fields[name].set_number_value(static_cast<double>(value));
  };
  fields["file"].set_string_value(segment.file.path);
  fields["exists"].set_bool_value(segment.file.exists);
  number("from", segment.file.base);
  number("to", segment.file.end);
  number("bytes", segment.file.file_bytes);
  number("damaged_bytes", DamagedBytes(inspection, segment));
  number("abandoned_bytes", segment.abandoned_bytes);
  number("lost_bytes", segment.lost_bytes);
  number("groups", segment.groups);
  number("batches", segment.batches);
  number("events", segment.events);
  if (segment.first_arrival) {
    fields["first_arrival"].set_string_value(ArrivalText(segment.first_arrival));
    fields["last_arrival"].set_string_value(ArrivalText(segment.last_arrival));
  }
  return object;
}

Struct SnapshotJson(const SnapshotCheck& check) {
  Struct object;
  auto& fields = *object.mutable_fields();
  fields["file"].set_string_value(check.file.path);
  fields["start"].set_number_value(static_cast<double>(check.file.start));
  fields["bytes"].set_number_value(static_cast<double>(check.bytes));
  fields["sound"].set_bool_value(check.status.ok());
  if (!check.status.ok()) {
    fields["what"].set_string_value(std::string(check.status.message()));
    return object;
  }
  fields["end"].set_number_value(static_cast<double>(check.end));
  fields["last_arrival"].set_string_value(iocd::ToLocalText(check.head.newest_arrival));
  return object;
}

Struct StartJson(const LogInspection& inspection) {
  const auto& recovery = inspection.start.recovery;
  Struct object;
  auto& fields = *object.mutable_fields();
  fields["possible"].set_bool_value(inspection.start.status.ok());
  auto* aside = fields["snapshots_set_aside"].mutable_list_value();
  for (const std::string& damaged : recovery.snapshot.damaged) {
    aside->add_values()->set_string_value(damaged);
  }
  if (!inspection.start.status.ok()) {
    fields["refusal"].set_string_value(std::string(inspection.start.status.message()));
    return object;
  }
  fields["snapshot"].set_string_value(recovery.snapshot.path);
  fields["log_bytes"].set_number_value(static_cast<double>(BytesBehind(inspection)));
  fields["batches"].set_number_value(static_cast<double>(recovery.batches));
  fields["events"].set_number_value(static_cast<double>(recovery.events));
  fields["torn_bytes"].set_number_value(static_cast<double>(recovery.log.torn_bytes));
  return object;
}

}  // namespace

std::string LogInspectionText(const LogInspection& inspection, bool colored) {
  std::string text = absl::StrCat(
      inspection.daemon_holds_it ? "A daemon holds " : "No daemon holds ", inspection.data_dir,
      inspection.daemon_holds_it ? " now; what it is writing may seem torn.\n\n" : " now.\n\n",
      SegmentTable(inspection, colored), "\n", SnapshotTable(inspection, colored), "\n");
  for (const auto& damage : inspection.survey.log.damages) {
    absl::StrAppend(&text, "Damaged: ", DamageLines(damage, inspection.dictionary));
  }
  if (!inspection.survey.log.damages.empty()) text += "\n";
  return text + StartText(inspection);
}

std::string LogInspectionJson(const LogInspection& inspection) {
  Struct object;
  auto& fields = *object.mutable_fields();
  fields["data_dir"].set_string_value(inspection.data_dir);
  fields["daemon_holds_it"].set_bool_value(inspection.daemon_holds_it);
  auto* segments = fields["segments"].mutable_list_value();
  for (const SegmentSurvey& segment : inspection.survey.log.segments) {
    *segments->add_values()->mutable_struct_value() = SegmentJson(inspection, segment);
  }
  auto* snapshots = fields["snapshots"].mutable_list_value();
  for (const SnapshotCheck& check : inspection.survey.snapshots) {
    *snapshots->add_values()->mutable_struct_value() = SnapshotJson(check);
  }
  auto* damages = fields["damages"].mutable_list_value();
  for (const auto& damage : inspection.survey.log.damages) {
    *damages->add_values()->mutable_struct_value() = DamageJson(damage, inspection.dictionary);
  }
  *fields["start"].mutable_struct_value() = StartJson(inspection);
  return ToJson(object);
}

}  // namespace iocctl
