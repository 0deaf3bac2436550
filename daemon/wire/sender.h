#pragma once

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "domain/catalogue.h"
#include "domain/sending_rights.h"

namespace iocd::wire {

/// The rules that hold for who calls, whatever the call. InvalidArgument says what is wrong.
absl::Status CheckProducer(absl::string_view producer);
/// `rights` of who calls; nullptr: all. PermissionDenied: they send as another department.
absl::StatusOr<const domain::Department*> FindSender(const domain::Catalogue& catalogue,
                                                     absl::string_view code,
                                                     const domain::SendingRights* rights);

}  // namespace iocd::wire
