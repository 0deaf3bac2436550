#include "config/yaml_reader.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "absl/algorithm/container.h"
#include "absl/strings/match.h"
#include "absl/strings/str_join.h"
#include "absl/strings/str_split.h"
#include "base/utf8.h"

namespace iocd::config {
namespace {

struct Content {
  std::string bytes;
  std::string error;  // why it could not be read; empty: it was
};

Content ReadWholeFile(const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored)) return {"", "it is a directory"};
  errno = 0;
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return {"", errno == 0 ? "it cannot be opened" : std::strerror(errno)};
  Content content;
  content.bytes.assign(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  if (stream.bad()) content.error = "reading it failed";
  return content;
}

/// Number, from 1, of the first line that holds bytes which are not UTF-8; nullopt if all are.
/// Names travel in Protobuf messages and Prometheus labels, which take nothing else.
std::optional<int> FirstLineThatIsNotUtf8(absl::string_view bytes) {
  int number = 0;
  for (const absl::string_view line : absl::StrSplit(bytes, '\n')) {
    ++number;
    if (!IsUtf8(line)) return number;
  }
  return std::nullopt;
}

/// Lines and columns of yaml-cpp count from 0 and are -1 where it knows none.
Place FromMark(std::size_t file, const YAML::Mark& mark) {
  if (mark.line < 0) return {file, 0, 0};
  return {file, mark.line + 1, mark.column + 1};
}

std::optional<YAML::Node> ParseDocument(const std::string& bytes, std::size_t file,
                                        Mistakes& mistakes) {
  if (const std::optional<int> line = FirstLineThatIsNotUtf8(bytes)) {
    mistakes.Add({file, *line, 1}, "the text is not UTF-8; save the file in this encoding");
    return std::nullopt;
  }
  // The library reports what it cannot read by exceptions; they end here.
  try {
    const std::vector<YAML::Node> documents = YAML::LoadAll(bytes);
    if (documents.empty() || documents.front().IsNull()) {
      mistakes.Add({file, 0, 0}, "the file is empty");
      return std::nullopt;
    }
    if (documents.size() > 1) {
      mistakes.Add(FromMark(file, documents[1].Mark()),
                   "a second document begins ('---'); one file holds one document");
    }
    return documents.front();
  } catch (const YAML::Exception& error) {
    // What an operator without quotes (operator: >=) leads to; '>' has a meaning of its own in
    // YAML.
    const bool block_scalar = absl::StrContains(error.msg, "block scalar");
    mistakes.Add(FromMark(file, error.mark),
                 absl::StrCat("this is no YAML: ", error.msg,
                              block_scalar ? "; write operators in quotes: \">=\"" : ""));
  }
  return std::nullopt;
}

}  // namespace

std::optional<YamlFile> YamlFile::Open(const std::string& path,
                                       const std::optional<Place>& wanted_at, Mistakes& mistakes) {
  const Content content = ReadWholeFile(path);
  if (!content.error.empty()) {
    const Place place = wanted_at ? *wanted_at : Place{mistakes.AddFile(path), 0, 0};
    mistakes.Add(place, absl::StrCat("cannot read the file '", path, "': ", content.error));
    return std::nullopt;
  }
  const std::size_t number = mistakes.AddFile(path);
  const std::optional<YAML::Node> root = ParseDocument(content.bytes, number, mistakes);
  if (!root) return std::nullopt;
  return YamlFile(*root, number, mistakes);
}

Place YamlFile::PlaceOf(const YAML::Node& node) const { return FromMark(number_, node.Mark()); }

void YamlFile::Object(const YAML::Node& node, std::string message) const {
  Object(PlaceOf(node), std::move(message));
}

void YamlFile::Object(const Place& place, std::string message) const {
  mistakes_->Add(place, std::move(message));
}

std::optional<Text> YamlFile::ReadText(const YAML::Node& node, absl::string_view what) const {
  if (node.IsScalar() && !node.Scalar().empty()) return Text{node.Scalar(), PlaceOf(node)};
  Object(node, absl::StrCat("'", what, "' ",
                            node.IsSequence() ? "is a list; one value is expected"
                            : node.IsMap()    ? "is a map; one value is expected"
                                              : "has no value"));
  return std::nullopt;
}

std::vector<YAML::Node> YamlFile::ReadList(const YAML::Node& node, absl::string_view what) const {
  if (!node.IsSequence()) {
    Object(node, absl::StrCat("'", what, "' must be a list"));
    return {};
  }
  return {node.begin(), node.end()};
}

MapReader::MapReader(const YamlFile& file, const YAML::Node& node, absl::string_view what,
                     std::vector<absl::string_view> keys)
    : file_(file), what_(what), keys_(std::move(keys)), place_(file.PlaceOf(node)) {
  is_map_ = node.IsMap();
  if (is_map_) {
    ReadEntries(node);
  } else {
    file_.Object(place_,
                 absl::StrCat(what_, " must be a map with the keys ", absl::StrJoin(keys_, ", ")));
  }
}

void MapReader::ReadEntries(const YAML::Node& node) {
  for (const auto& pair : node) {
    const std::optional<Text> key = file_.ReadText(pair.first, "key");
    if (!key) continue;
    if (!absl::c_linear_search(keys_, key->value)) {
      file_.Object(key->place, absl::StrCat("unknown key '", key->value, "' in ", what_,
                                            DidYouMean(key->value, keys_),
                                            "; allowed: ", absl::StrJoin(keys_, ", ")));
    } else if (Find(key->value) != nullptr) {
      file_.Object(key->place, absl::StrCat("key '", key->value, "' stands twice in ", what_));
    } else {
      entries_.push_back({*key, pair.second});
    }
  }
}

const MapReader::Entry* MapReader::Find(absl::string_view key) const {
  const auto found =
      absl::c_find_if(entries_, [&](const Entry& entry) { return entry.key.value == key; });
  return found == entries_.end() ? nullptr : &*found;
}

std::optional<YAML::Node> MapReader::Node(absl::string_view key) const {
  const Entry* entry = Find(key);
  if (entry == nullptr) return std::nullopt;
  return entry->value;
}

std::optional<YAML::Node> MapReader::RequiredNode(absl::string_view key) const {
  std::optional<YAML::Node> node = Node(key);
  if (!node && is_map_) file_.Object(place_, absl::StrCat(what_, " lacks the key '", key, "'"));
  return node;
}

std::optional<Text> MapReader::Optional(absl::string_view key) const {
  const Entry* entry = Find(key);
  if (entry == nullptr) return std::nullopt;
  // An empty value has no place of its own that helps; its key has.
  if (entry->value.IsNull()) {
    file_.Object(entry->key.place, absl::StrCat("'", key, "' has no value"));
    return std::nullopt;
  }
  return file_.ReadText(entry->value, key);
}

std::optional<Text> MapReader::Required(absl::string_view key) const {
  return RequiredNode(key) ? Optional(key) : std::nullopt;
}

}  // namespace iocd::config
