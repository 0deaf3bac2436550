#include "config/settings_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"
#include "base/listen_address.h"

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

}  // namespace

SettingsDraft ReadSettings(const YamlFile& file) {
  const MapReader map(file, file.root(), "the configuration",
                      {"grpc", "http", "data_dir", "catalogue"});
  SettingsDraft draft;
  ReadListen(map, "grpc", &draft.settings.grpc_listen);
  ReadListen(map, "http", &draft.settings.http_listen);
  if (std::optional<Text> data_dir = map.Optional("data_dir")) {
    draft.settings.data_dir = std::move(data_dir->value);
  }
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
