#include "base/processor_time.h"

#include <ctime>

namespace iocd {

Duration ProcessorTimeOfThread() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return {Duration::Seconds(time.tv_sec).nanos + time.tv_nsec};
}

}  // namespace iocd
