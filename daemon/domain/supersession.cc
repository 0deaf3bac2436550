#include "domain/supersession.h"

#include <tuple>

namespace iocd::domain {
namespace {

auto CompetitionKey(const Target& target) {
  return std::tuple(target.department, target.indicator, target.terms.deadline);
}

}  // namespace

const Target* SupersededBy(const std::vector<Target>& targets, std::size_t index) {
  const Target& superseded = targets[index];
  const Target* next = nullptr;
  for (const Target& other : targets) {
    if (other.document_date <= superseded.document_date) continue;
    if (CompetitionKey(other) != CompetitionKey(superseded)) continue;
    if (next == nullptr || other.document_date < next->document_date) next = &other;
  }
  return next;
}

}  // namespace iocd::domain
