#include "config/rings.h"

#include <utility>

namespace iocd::config {

std::vector<std::vector<std::size_t>> RingsOf(const std::vector<std::optional<std::size_t>>& next) {
  std::vector<std::vector<std::size_t>> rings;
  std::vector<std::size_t> walk_of(next.size());  // the walk that came by first, from 1; 0: none
  for (std::size_t start = 0; start < next.size(); ++start) {
    std::optional<std::size_t> at = start;
    for (; at && walk_of[*at] == 0; at = next[*at]) walk_of[*at] = start + 1;
    if (!at || walk_of[*at] != start + 1) continue;
    std::size_t lowest = *at;
    for (std::size_t one = *next[*at]; one != *at; one = *next[one]) {
      if (one < lowest) lowest = one;
    }
    std::vector<std::size_t> ring = {lowest};
    for (std::size_t one = *next[lowest]; one != lowest; one = *next[one]) ring.push_back(one);
    rings.push_back(std::move(ring));
  }
  return rings;
}

}  // namespace iocd::config
