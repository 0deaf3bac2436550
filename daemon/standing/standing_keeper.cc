#include "standing/standing_keeper.h"

#include <memory>

namespace iocd::standing {

void StandingKeeper::Look() {
  const Duration began = clock_.SinceBoot(), worked = processor_time_();
  // Read before the state is: what is applied meanwhile makes another one due.
  const std::uint64_t changes = engine_.Changes();
  if (began < pace_.Next(changes != changes_seen_)) return;
  changes_seen_ = changes;
  const auto standing = std::make_shared<const Standing>(TakeStanding(engine_, clock_.Now()));
  const Duration took = {clock_.SinceBoot().nanos - began.nanos};
  for (const Listener& listener : listeners_) listener(standing, took);
  pace_.Took(began, {processor_time_().nanos - worked.nanos});
}

}  // namespace iocd::standing
