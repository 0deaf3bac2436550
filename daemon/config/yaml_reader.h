#pragma once

#include <yaml-cpp/yaml.h>

#include <optional>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "base/nearest.h"
#include "config/mistakes.h"

namespace iocd::config {

/// A scalar as written, with its place.
struct Text {
  std::string value;
  Place place;
};

/// One open YAML file. Mistakes found while reading it go to `mistakes`, which outlives it.
class YamlFile {
 public:
  /// Reads the file. `wanted_at` is where its name was written; a file that cannot be read is a
  /// mistake there (of the file itself if nullopt). nullopt: unreadable, empty or no YAML, and said
  /// so.
  static std::optional<YamlFile> Open(const std::string& path,
                                      const std::optional<Place>& wanted_at, Mistakes& mistakes);

  const YAML::Node& root() const { return root_; }
  Place PlaceOf(const YAML::Node& node) const;
  void Object(const YAML::Node& node, std::string message) const;
  void Object(const Place& place, std::string message) const;
  std::string PlaceText(const Place& place) const { return mistakes_->PlaceText(place); }
  std::size_t MistakesSoFar() const { return mistakes_->count(); }

  /// The scalar, or nullopt and a mistake: `what` is empty, or a list or a map.
  std::optional<Text> ReadText(const YAML::Node& node, absl::string_view what) const;
  /// The items of a list, or none and a mistake.
  std::vector<YAML::Node> ReadList(const YAML::Node& node, absl::string_view what) const;

 private:
  YamlFile(const YAML::Node& root, std::size_t number, Mistakes& mistakes)
      : root_(root), number_(number), mistakes_(&mistakes) {}

  YAML::Node root_;
  std::size_t number_;
  Mistakes* mistakes_;
};

/// A YAML map of known keys. Unknown keys, keys given twice and things that are no map are
/// mistakes, found when it is made.
class MapReader {
 public:
  /// `what` for messages: "an indicator". `keys` are all that are allowed.
  MapReader(const YamlFile& file, const YAML::Node& node, absl::string_view what,
            std::vector<absl::string_view> keys);

  bool IsMap() const { return is_map_; }
  const Place& place() const { return place_; }
  const YamlFile& file() const { return file_; }

  /// nullopt: the key is not there.
  std::optional<YAML::Node> Node(absl::string_view key) const;
  std::optional<Text> Optional(absl::string_view key) const;
  /// The same; a missing key is a mistake.
  std::optional<Text> Required(absl::string_view key) const;
  std::optional<YAML::Node> RequiredNode(absl::string_view key) const;

 private:
  struct Entry {
    Text key;
    YAML::Node value;
  };
  void ReadEntries(const YAML::Node& node);
  const Entry* Find(absl::string_view key) const;

  const YamlFile& file_;
  std::string what_;
  std::vector<absl::string_view> keys_;
  Place place_;
  bool is_map_ = false;
  std::vector<Entry> entries_;
};

/// The value that `parse` (absl::string_view -> std::optional<T>) gives for the text, or `fallback`
/// and a mistake that lists the allowed words.
template <typename T>
T ParseWord(const YamlFile& file, const std::optional<Text>& text, absl::string_view what,
            std::optional<T> (*parse)(absl::string_view),
            const std::vector<absl::string_view>& allowed, T fallback) {
  if (!text) return fallback;
  if (const std::optional<T> parsed = parse(text->value)) return *parsed;
  std::string list;
  for (const absl::string_view word : allowed) {
    absl::StrAppend(&list, list.empty() ? "" : ", ", word);
  }
  file.Object(text->place, absl::StrCat("'", text->value, "' is no ", what, "; allowed: ", list,
                                        DidYouMean(text->value, allowed)));
  return fallback;
}

}  // namespace iocd::config
