#include "config/limits_reader.h"

#include <string>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "config/quantity_reader.h"

namespace iocd::config {
namespace {

constexpr double kMebibyte = 1024.0 * 1024;

// Least: one batch must fit. Most: beyond what one machine can do or hold.
constexpr Quantity kRate = {"events_per_second", 0.01, 1e9};
constexpr Quantity kBurst = {"burst_events", limits::kMaxBatchEvents, 1e12};
constexpr Quantity kInFlight = {"in_flight_mib", 8, 65'536, kMebibyte};
constexpr Quantity kStreams = {"streams", 1, 10'000};
constexpr Quantity kAllInFlight = {"all_in_flight_mib", 64, 1'048'576, kMebibyte};
constexpr Quantity kAllStreams = {"all_streams", 1, 100'000};
constexpr Quantity kMemory = {"memory_mib", 64, 1'048'576, kMebibyte};
constexpr Quantity kLifetime = {"stream_minutes", 1, 525'600, 60e9};

void ReadQuota(const MapReader& map, access::Quota* quota) {
  if (const auto rate = ReadQuantity(map, kRate)) quota->events_per_second = *rate;
  if (const auto burst = ReadQuantity(map, kBurst)) quota->burst_events = *burst;
  ReadQuantity(map, kInFlight, &quota->in_flight_bytes);
  ReadQuantity(map, kStreams, &quota->streams);
}

}  // namespace

access::Quotas ReadLimits(const YamlFile& file, const YAML::Node& node, std::vector<Text>* named) {
  access::Quotas quotas;
  const MapReader map(file, node, "'limits'",
                      {kRate.key, kBurst.key, kInFlight.key, kStreams.key, kAllInFlight.key,
                       kAllStreams.key, kMemory.key, kLifetime.key, "departments"});
  ReadQuota(map, &quotas.usual);
  ReadQuantity(map, kAllInFlight, &quotas.in_flight_bytes);
  ReadQuantity(map, kAllStreams, &quotas.streams);
  if (const auto memory = ReadQuantity(map, kMemory)) {
    quotas.memory_bytes = static_cast<std::uint64_t>(*memory);
  }
  ReadQuantity(map, kLifetime, &quotas.stream_lifetime.nanos);
  const std::optional<YAML::Node> departments = map.Node("departments");
  if (!departments) return quotas;
  for (const YAML::Node& item : file.ReadList(*departments, "departments")) {
    const MapReader department(file, item, "the limits of a department",
                               {"code", kRate.key, kBurst.key, kInFlight.key, kStreams.key});
    const std::optional<Text> code = department.Required("code");
    if (!code) continue;
    access::Quota quota = quotas.usual;
    ReadQuota(department, &quota);
    if (!quotas.departments.emplace(code->value, quota).second) {
      file.Object(code->place, absl::StrCat("department '", code->value, "' has limits twice"));
    }
    named->push_back(*code);
  }
  return quotas;
}

}  // namespace iocd::config
