#include "standing/pace.h"

namespace iocd::standing {

void Pace::Took(Duration began, Duration ended) {
  taken_ = true;
  earliest_ = {began.nanos + (ended.nanos - began.nanos) * kShare};
  latest_ = {began.nanos + kAtLeastEvery.nanos};
}

}  // namespace iocd::standing
