#include <set>

#include "absl/strings/str_cat.h"
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
          {"snapshots.every_minutes", Minutes(settings.snapshot_every)},
          {"limits.all_in_flight_mib", Mebibytes(settings.quotas.in_flight_bytes)},
          {"limits.all_streams", NumberText(settings.quotas.streams)},
          {"limits.memory_mib",
           settings.quotas.memory_bytes ? Mebibytes(*settings.quotas.memory_bytes) : "not set"},
          {"limits.stream_minutes", Minutes(settings.quotas.stream_lifetime)}};
}

Fields QuotaFields(const access::Quota& quota) {
  return {{"events_per_second", NumberText(quota.events_per_second)},
          {"burst_events", NumberText(quota.burst_events)},
          {"in_flight_mib", Mebibytes(quota.in_flight_bytes)},
          {"streams", NumberText(quota.streams)}};
}

/// The quotas of each department that differs from the usual, in either.
void AppendQuotaChanges(const access::Quotas& before, const access::Quotas& after, Sentences* out) {
  AppendFieldChanges("limits", QuotaFields(before.usual), QuotaFields(after.usual), out);
  std::set<std::string> codes;
  for (const auto& [code, quota] : before.departments) codes.insert(code);
  for (const auto& [code, quota] : after.departments) codes.insert(code);
  for (const std::string& code : codes) {
    AppendFieldChanges(absl::StrCat("limits of department '", code, "'"),
                       QuotaFields(before.Of(code)), QuotaFields(after.Of(code)), out);
  }
}

std::string YesNo(bool yes) { return yes ? "set" : "not set"; }

Fields StartFields(const Settings& settings) {
  return {{"grpc.listen", settings.grpc_listen, kNextStart},
          {"http.listen", settings.http_listen, kNextStart},
          {"data_dir", settings.data_dir, kNextStart},
          {"log.segment_mib", Mebibytes(settings.log_segment_bytes), kNextStart},
          {"access", YesNo(!settings.access_file.empty()), kNextStart},
          {"tls", YesNo(settings.tls.has_value()), kNextStart},
          {"tls.client_ca", YesNo(settings.tls && !settings.tls->client_ca.empty()), kNextStart}};
}

}  // namespace

std::vector<std::string> SettingsChanges(const Settings& before, const Settings& after) {
  Sentences sentences;
  AppendFieldChanges("", LiveFields(before), LiveFields(after), &sentences);
  AppendQuotaChanges(before.quotas, after.quotas, &sentences);
  return sentences;
}

std::vector<std::string> ChangesAtNextStart(const Settings& started, const Settings& after) {
  Sentences sentences;
  AppendFieldChanges("", StartFields(started), StartFields(after), &sentences);
  return sentences;
}

}  // namespace iocd::config
