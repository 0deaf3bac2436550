#include "config/settings_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/listen_address.h"
#include "config/limits_reader.h"
#include "config/quantity_reader.h"

namespace iocd::config {
namespace {

/// `key: {listen: HOST:PORT}`
void ReadListen(const MapReader& map, absl::string_view key, std::string* address) {
  const std::optional<YAML::Node> node = map.Node(key);
  if (!node) return;
  const MapReader server(map.file(), *node, absl::StrCat("'", key, "'"), {"listen"});
  const std::optional<Text> listen = server.Required("listen");
  if (!listen) return;
  const auto parsed = ParseListenAddress(listen->value);
  if (!parsed.ok()) map.file().Object(listen->place, std::string(parsed.status().message()));
  *address = listen->value;
}

constexpr double kMebibyte = 1024.0 * 1024;
constexpr double kNanosPerMinute = 60e9;

// Least: below it a segment would hold hardly more than its headers. Most: of segments 4 GiB, for
// one is replayed and deleted as a whole; of all of them about 100 TiB.
constexpr Quantity kSegment = {"segment_mib", 0.0625, 4096, kMebibyte};
constexpr Quantity kRetention = {"retention_days", 0, 36'500, 24 * 60 * kNanosPerMinute};
constexpr Quantity kMaxLog = {"max_gib", 0.001, 100'000, 1024 * kMebibyte};
constexpr Quantity kSnapshotBytes = {"every_mib", 0.0625, 100'000, kMebibyte};
constexpr Quantity kSnapshotTime = {"every_minutes", 0.01, 10'080, kNanosPerMinute};

/// `tls: {certificate: FILE, key: FILE, client_ca: FILE}`
void ReadTls(const MapReader& map, Settings* settings) {
  const std::optional<YAML::Node> node = map.Node("tls");
  if (!node) return;
  const MapReader tls(map.file(), *node, "'tls'", {"certificate", "key", "client_ca"});
  std::optional<Text> certificate = tls.Required("certificate");
  std::optional<Text> key = tls.Required("key");
  std::optional<Text> client_ca = tls.Optional("client_ca");
  if (!certificate || !key) return;
  settings->tls = {std::move(certificate->value), std::move(key->value),
                   client_ca ? std::move(client_ca->value) : ""};
}

void ReadLog(const MapReader& map, Settings* settings) {
  const std::optional<YAML::Node> node = map.Node("log");
  if (!node) return;
  const MapReader log(map.file(), *node, "'log'", {kSegment.key, kRetention.key, kMaxLog.key});
  ReadQuantity(log, kSegment, &settings->log_segment_bytes);
  ReadQuantity(log, kRetention, &settings->log_retention.nanos);
  ReadQuantity(log, kMaxLog, &settings->log_max_bytes);
}

void ReadSnapshots(const MapReader& map, Settings* settings) {
  const std::optional<YAML::Node> node = map.Node("snapshots");
  if (!node) return;
  const MapReader snapshots(map.file(), *node, "'snapshots'",
                            {kSnapshotBytes.key, kSnapshotTime.key});
  ReadQuantity(snapshots, kSnapshotBytes, &settings->snapshot_every_bytes);
  ReadQuantity(snapshots, kSnapshotTime, &settings->snapshot_every.nanos);
}

}  // namespace

SettingsDraft ReadSettings(const YamlFile& file) {
  const MapReader map(
      file, file.root(), "the configuration",
      {"grpc", "http", "tls", "data_dir", "log", "snapshots", "limits", "access", "catalogue"});
  SettingsDraft draft;
  ReadListen(map, "grpc", &draft.settings.grpc_listen);
  ReadListen(map, "http", &draft.settings.http_listen);
  ReadTls(map, &draft.settings);
  if (std::optional<Text> data_dir = map.Optional("data_dir")) {
    draft.settings.data_dir = std::move(data_dir->value);
  }
  ReadLog(map, &draft.settings);
  ReadSnapshots(map, &draft.settings);
  if (const auto limits = map.Node("limits")) {
    draft.settings.quotas = ReadLimits(file, *limits, &draft.limited_departments);
  }
  draft.access_file = map.Optional("access");
  const std::optional<YAML::Node> list = map.RequiredNode("catalogue");
  if (!list) return draft;
  for (const YAML::Node& item : file.ReadList(*list, "catalogue")) {
    if (std::optional<Text> name = file.ReadText(item, "catalogue")) {
      draft.catalogue_files.push_back(*std::move(name));
    }
  }
  if (list->IsSequence() && list->size() == 0) {
    file.Object(*list, "'catalogue' names no file");
  }
  return draft;
}

}  // namespace iocd::config
