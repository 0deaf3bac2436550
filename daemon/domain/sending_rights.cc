#include "domain/sending_rights.h"

namespace iocd::domain {

bool SendingRights::AllowsDepartment(absl::string_view code) const {
  return for_all || code == department || departments.contains(code);
}

bool SendingRights::AllowsIndicator(absl::string_view code) const {
  return !indicators || indicators->contains(code);
}

bool SendingRights::AllowsMember(absl::string_view code) const {
  return !members || members->contains(code);
}

}  // namespace iocd::domain
