#include "iocctl/terminal.h"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <iostream>
#include <utility>

#include "absl/time/clock.h"
#include "iocctl/bytes_text.h"

namespace iocctl {

bool WantsColor() {
  const char* no_color = std::getenv("NO_COLOR");
  return isatty(STDOUT_FILENO) == 1 && (no_color == nullptr || *no_color == '\0');
}

Progress::Progress(std::string what, std::uint64_t total)
    : what_(std::move(what)),
      total_(total),
      visible_(isatty(STDERR_FILENO) == 1),
      next_(absl::Now()) {}

Progress::~Progress() {
  if (visible_) std::cerr << "\r\x1b[K" << std::flush;
}

void Progress::Say(const std::string& line) {
  std::cerr << (visible_ ? "\r\x1b[K" : "") << line << std::endl;
}

void Progress::Show(std::uint64_t done) {
  const absl::Time now = absl::Now();
  if (!visible_ || now < next_) return;
  next_ = now + absl::Milliseconds(200);
  std::cerr << "\r\x1b[K" << what_ << ": " << done;
  if (total_ > 0) std::cerr << " of " << total_ << " (" << done * 100 / total_ << "%)";
  std::cerr << std::flush;
}

TransferProgress::TransferProgress(std::string what)
    : what_(std::move(what)),
      visible_(isatty(STDERR_FILENO) == 1),
      began_(absl::Now()),
      next_(began_) {}

void TransferProgress::Clear() {
  if (std::exchange(shown_, false)) std::cerr << "\r\x1b[K" << std::flush;
}

void TransferProgress::Show(std::uint64_t bytes, std::uint64_t total) {
  const absl::Time now = absl::Now();
  if (!visible_ || now < next_) return;
  next_ = now + absl::Milliseconds(200);
  shown_ = true;
  std::cerr << "\r\x1b[K" << what_;
  if (total > 0) {
    const double seconds = std::max(absl::ToDoubleSeconds(now - began_), 1e-3);
    std::cerr << ": " << BytesText(bytes) << " of " << BytesText(total) << " ("
              << bytes * 100 / total << "%), "
              << BytesText(static_cast<std::uint64_t>(static_cast<double>(bytes) / seconds))
              << "/s";
  }
  std::cerr << std::flush;
}

}  // namespace iocctl
