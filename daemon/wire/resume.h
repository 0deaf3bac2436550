#pragma once

#include "absl/status/statusor.h"
#include "domain/catalogue.h"
#include "domain/ids.h"
#include "domain/sending_rights.h"
#include "engine/producer_progress.h"
#include "ioc/v1/ingest.pb.h"

namespace iocd::wire {

/// The department of a producer that asks where it may go on. `rights` of who asks; nullptr: all.
/// In the words of DecodePush(): InvalidArgument, who asks is not named or not known;
/// PermissionDenied, they send as another department.
absl::StatusOr<domain::DepartmentId> DecodeResume(const ioc::v1::ResumeRequest& request,
                                                  const domain::Catalogue& catalogue,
                                                  const domain::SendingRights* rights);

ioc::v1::ResumeResponse ToResponse(const engine::ProducerProgress& progress);

}  // namespace iocd::wire
