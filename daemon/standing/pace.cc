#include "standing/pace.h"

namespace iocd::standing {

void Pace::Took(Duration began, Duration worked) {
  taken_ = true;
  earliest_ = {began.nanos + worked.nanos * kShare};
  latest_ = {began.nanos + kAtLeastEvery.nanos};
}

}  // namespace iocd::standing
