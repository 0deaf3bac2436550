#include "config/changes.h"
#include "config/field_changes.h"

namespace iocd::config {
namespace {

constexpr absl::string_view kNextStart = ": takes effect at the next start";

constexpr double kNanosPerMinute = 60e9;
constexpr double kMinutesPerDay = 24 * 60;
constexpr double kMebibyte = 1024.0 * 1024;

std::string Minutes(Duration time) {
  return NumberText(static_cast<double>(time.nanos) / kNanosPerMinute);
}
std::string Days(Duration time) {
  return NumberText(static_cast<double>(time.nanos) / kNanosPerMinute / kMinutesPerDay);
}
std::string Mebibytes(std::uint64_t bytes) {
  return NumberText(static_cast<double>(bytes) / kMebibyte);
}
std::string Gibibytes(std::uint64_t bytes) {
  return NumberText(static_cast<double>(bytes) / kMebibyte / 1024);
}

Fields LiveFields(const Settings& settings) {
  return {{"log.retention_days", Days(settings.log_retention)},
          {"log.max_gib", Gibibytes(settings.log_max_bytes)},
          {"snapshots.every_mib", Mebibytes(settings.snapshot_every_bytes)},
          {"snapshots.every_minutes", Minutes(settings.snapshot_every)}};
}

Fields StartFields(const Settings& settings) {
  return {{"grpc.listen", settings.grpc_listen, kNextStart},
          {"http.listen", settings.http_listen, kNextStart},
          {"data_dir", settings.data_dir, kNextStart},
          {"log.segment_mib", Mebibytes(settings.log_segment_bytes), kNextStart}};
}

}  // namespace

std::vector<std::string> SettingsChanges(const Settings& before, const Settings& after) {
  Sentences sentences;
  AppendFieldChanges("", LiveFields(before), LiveFields(after), &sentences);
  return sentences;
}

std::vector<std::string> ChangesAtNextStart(const Settings& started, const Settings& after) {
  Sentences sentences;
  AppendFieldChanges("", StartFields(started), StartFields(after), &sentences);
  return sentences;
}

}  // namespace iocd::config
