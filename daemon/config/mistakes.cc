#include "config/mistakes.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/str_cat.h"

namespace iocd::config {
namespace {

std::string JoinPlace(const std::string& file, int line, int column) {
  return line == 0 ? file : absl::StrCat(file, ":", line, ":", column);
}

}  // namespace

std::string Mistake::ToText() const {
  return absl::StrCat(JoinPlace(file, line, column), ": ", message);
}

std::size_t Mistakes::AddFile(std::string path) {
  files_.push_back(std::move(path));
  return files_.size() - 1;
}

void Mistakes::Add(const Place& place, std::string message) {
  found_.emplace_back(place, std::move(message));
}

std::string Mistakes::PlaceText(const Place& place) const {
  return JoinPlace(files_[place.file], place.line, place.column);
}

std::vector<Mistake> Mistakes::InOrder() const {
  auto sorted = found_;
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) {
    return std::tie(a.first.file, a.first.line, a.first.column) <
           std::tie(b.first.file, b.first.line, b.first.column);
  });
  std::vector<Mistake> mistakes;
  for (const auto& [place, message] : sorted) {
    mistakes.push_back({files_[place.file], place.line, place.column, message});
  }
  return mistakes;
}

}  // namespace iocd::config
