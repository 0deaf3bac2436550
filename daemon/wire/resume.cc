#include "wire/resume.h"

#include "wire/sender.h"

namespace iocd::wire {

absl::StatusOr<domain::DepartmentId> DecodeResume(const ioc::v1::ResumeRequest& request,
                                                  const domain::Catalogue& catalogue,
                                                  const domain::SendingRights* rights) {
  const auto sender = FindSender(catalogue, request.department(), rights);
  if (!sender.ok()) return sender.status();
  if (absl::Status status = CheckProducer(request.producer()); !status.ok()) return status;
  return (*sender)->id;
}

ioc::v1::ResumeResponse ToResponse(const engine::ProducerProgress& progress) {
  ioc::v1::ResumeResponse response;
  response.set_last_sequence(progress.highest);
  response.set_closed_through(progress.closed_through);
  for (const engine::SequenceRange& gap : progress.gaps) {
    ioc::v1::SequenceRange* range = response.add_gaps();
    range->set_first(gap.first);
    range->set_last(gap.last);
  }
  return response;
}

}  // namespace iocd::wire
