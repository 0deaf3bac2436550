#include "bookkeeper/agenda.h"

namespace iocd::bookkeeper {

Agenda::Round Agenda::Due(const ClockReading& now, const domain::Catalogue* catalogue) const {
  if (!whole_began_ || !round_began_ || catalogue != catalogue_ ||
      day_ != domain::CivilDate::Containing(now.wall) ||
      now.since_boot >= Later(*whole_began_, kWholeRoundEvery)) {
    return Round::kWhole;
  }
  return now.since_boot >= Later(*round_began_, kRoundEvery) ? Round::kChanged : Round::kNone;
}

void Agenda::Began(Round round, const ClockReading& now, const domain::Catalogue* catalogue) {
  round_began_ = now.since_boot;
  if (round != Round::kWhole) return;
  whole_began_ = now.since_boot;
  day_ = domain::CivilDate::Containing(now.wall);
  catalogue_ = catalogue;
}

}  // namespace iocd::bookkeeper
