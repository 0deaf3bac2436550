#include "config/configuration.h"

#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/catalogue_builder.h"
#include "config/catalogue_reader.h"
#include "config/mistakes.h"
#include "config/settings_reader.h"
#include "config/yaml_reader.h"

namespace iocd::config {
namespace {

std::string RelativeTo(const std::string& file, const std::string& name) {
  return (std::filesystem::path(file).parent_path() / name).lexically_normal().string();
}

/// Reads the catalogue files; false if one of them could not be opened or parsed at all.
bool ReadCatalogueFiles(const std::vector<Text>& names, Settings& settings, Drafts& drafts,
                        Mistakes& mistakes) {
  const std::string main_file = mistakes.files().front();
  std::set<std::string> seen;
  bool complete = true;
  for (const Text& name : names) {
    const std::string path = RelativeTo(main_file, name.value);
    if (!seen.insert(path).second) {
      mistakes.Add(name.place, absl::StrCat("the file '", path, "' is named twice"));
      continue;
    }
    settings.catalogue_files.push_back(path);
    const std::optional<YamlFile> file = YamlFile::Open(path, name.place, mistakes);
    if (file) ReadCatalogueFile(*file, drafts);
    complete &= file.has_value();
  }
  return complete && !names.empty();
}

}  // namespace

std::variant<Configuration, std::vector<Mistake>> Load(const std::string& path) {
  Mistakes mistakes;
  const std::optional<YamlFile> file = YamlFile::Open(path, std::nullopt, mistakes);
  if (!file) return mistakes.InOrder();
  SettingsDraft draft = ReadSettings(*file);
  Drafts drafts;
  const bool complete = ReadCatalogueFiles(draft.catalogue_files, draft.settings, drafts, mistakes);
  // What an unreadable file would have given cannot be told from what is missing.
  if (!complete) return mistakes.InOrder();
  domain::CatalogueData data = BuildCatalogue(std::move(drafts), mistakes);
  if (mistakes.count() > 0) return mistakes.InOrder();
  return Configuration{std::move(draft.settings), domain::Catalogue(std::move(data))};
}

}  // namespace iocd::config
