#include "config/settings_reader.h"

#include <utility>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

bool IsHostAndPort(absl::string_view text) {
  const std::size_t colon = text.rfind(':');
  if (colon == absl::string_view::npos || colon == 0) return false;
  int port = -1;
  const absl::string_view digits = text.substr(colon + 1);
  return digits.find_first_not_of("0123456789") == absl::string_view::npos &&
         absl::SimpleAtoi(digits, &port) && port <= 65'535;
}

/// `key: {listen: HOST:PORT}`
void ReadListen(const MapReader& map, absl::string_view key, std::string* address) {
  const std::optional<YAML::Node> node = map.Node(key);
  if (!node) return;
  const MapReader server(map.file(), *node, absl::StrCat("'", key, "'"), {"listen"});
  const std::optional<Text> listen = server.Required("listen");
  if (!listen) return;
  if (!IsHostAndPort(listen->value)) {
    map.file().Object(listen->place,
                      absl::StrCat("'", listen->value,
                                   "' is no address to listen on; write HOST:PORT, e.g. "
                                   "127.0.0.1:7443"));
  }
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
