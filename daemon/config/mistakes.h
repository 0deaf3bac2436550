#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "config/configuration.h"

namespace iocd::config {

/// A place in one of the files read, in the order in which they were opened. Line and column count
/// from 1; 0 means the file as a whole.
struct Place {
  std::size_t file = 0;
  int line = 0, column = 0;
};

/// Collects every mistake, so that an operator sees all of them at once.
class Mistakes {
 public:
  /// Registers a file; the result is its number in places.
  std::size_t AddFile(std::string path);
  const std::vector<std::string>& files() const { return files_; }

  void Add(const Place& place, std::string message);
  std::size_t count() const { return found_.size(); }

  /// "config/son_la_2024/targets.yaml:12:5", for messages that name a second place.
  std::string PlaceText(const Place& place) const;

  /// All of them, in the order of files, lines and columns.
  std::vector<Mistake> InOrder() const;

 private:
  std::vector<std::string> files_;
  std::vector<std::pair<Place, std::string>> found_;
};

}  // namespace iocd::config
