#include "iocctl/resume_view.h"

#include "absl/strings/str_cat.h"

namespace iocctl {
namespace {

std::string RangeText(const ioc::v1::SequenceRange& range) {
  if (range.first() == range.last()) return absl::StrCat(range.first());
  return absl::StrCat(range.first(), " to ", range.last());
}

}  // namespace

std::string ResumeText(const std::string& department, const std::string& producer,
                       const ioc::v1::ResumeResponse& resumed) {
  const std::string who = absl::StrCat("Producer '", producer, "' of ", department);
  if (resumed.last_sequence() == 0) {
    return absl::StrCat(who, " has sent no batch with a sequence yet; begin with 1.\n");
  }
  std::string text = absl::StrCat(who, " has come to sequence ", resumed.last_sequence(),
                                  "; go on with ", resumed.last_sequence() + 1, ".\n");
  if (resumed.gaps_size() > 0) absl::StrAppend(&text, "Not taken, and may still be sent:\n");
  for (const auto& gap : resumed.gaps()) absl::StrAppend(&text, "  ", RangeText(gap), "\n");
  if (resumed.closed_through() > 0) {
    absl::StrAppend(&text, "At or below ", resumed.closed_through(),
                    " nothing more is taken: gaps there were closed.\n");
  }
  return text;
}

}  // namespace iocctl
