#include "config/configuration.h"

#include <filesystem>
#include <set>
#include <utility>

#include "absl/strings/str_cat.h"
#include "config/access_reader.h"
#include "config/catalogue_builder.h"
#include "config/catalogue_reader.h"
#include "config/code_index.h"
#include "config/mistakes.h"
#include "config/settings_reader.h"
#include "config/yaml_reader.h"

namespace iocd::config {
namespace {

std::string RelativeTo(const std::string& file, const std::string& name) {
  return (std::filesystem::path(file).parent_path() / name).lexically_normal().string();
}

void MakeRelativeTo(const std::string& file, tls::TlsFiles& files) {
  for (std::string* name : {&files.certificate, &files.key, &files.client_ca}) {
    if (!name->empty()) *name = RelativeTo(file, *name);
  }
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

void CheckLimited(const std::vector<Text>& codes, const domain::CatalogueData& catalogue,
                  Mistakes& mistakes) {
  CodeIndex departments("department", mistakes);
  for (const domain::Department& department : catalogue.departments) {
    departments.Add(department.code, {});
  }
  for (const Text& code : codes) departments.Resolve(code);
}

/// nullptr: no file of identities is named, or it cannot be used, which is then a mistake.
std::shared_ptr<const access::Rules> LoadAccess(const std::optional<Text>& name,
                                                const domain::CatalogueData& catalogue,
                                                Settings& settings, Mistakes& mistakes) {
  if (!name) return nullptr;
  settings.access_file = RelativeTo(mistakes.files().front(), name->value);
  const std::optional<YamlFile> file = YamlFile::Open(settings.access_file, name->place, mistakes);
  if (!file) return nullptr;
  return std::make_shared<const access::Rules>(ReadAccess(*file, catalogue, mistakes));
}

}  // namespace

std::variant<Configuration, std::vector<Mistake>> Load(const std::string& path) {
  Mistakes mistakes;
  const std::optional<YamlFile> file = YamlFile::Open(path, std::nullopt, mistakes);
  if (!file) return mistakes.InOrder();
  SettingsDraft draft = ReadSettings(*file);
  if (draft.settings.tls) MakeRelativeTo(path, *draft.settings.tls);
  Drafts drafts;
  const bool complete = ReadCatalogueFiles(draft.catalogue_files, draft.settings, drafts, mistakes);
  // What an unreadable file would have given cannot be told from what is missing.
  if (!complete) return mistakes.InOrder();
  domain::CatalogueData data = BuildCatalogue(std::move(drafts), mistakes);
  CheckLimited(draft.limited_departments, data, mistakes);
  auto access = LoadAccess(draft.access_file, data, draft.settings, mistakes);
  if (mistakes.count() > 0) return mistakes.InOrder();
  return Configuration{std::move(draft.settings), domain::Catalogue(std::move(data)),
                       std::move(access)};
}

}  // namespace iocd::config
