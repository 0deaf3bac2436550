#include "wire/sender.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "base/limits.h"
#include "base/nearest.h"
#include "base/utf8.h"

namespace iocd::wire {
namespace {

absl::Status Invalid(absl::string_view message) { return absl::InvalidArgumentError(message); }

}  // namespace

absl::Status CheckProducer(absl::string_view producer) {
  if (producer.empty()) {
    return Invalid("producer is missing: give the name of the sending system");
  }
  if (producer.size() > limits::kMaxProducerNameBytes) {
    return Invalid(absl::StrCat("producer ", Quoted(producer), " is ", producer.size(),
                                " bytes long; at most ", limits::kMaxProducerNameBytes,
                                " are allowed"));
  }
  return absl::OkStatus();
}

absl::StatusOr<const domain::Department*> FindSender(const domain::Catalogue& catalogue,
                                                     absl::string_view code,
                                                     const domain::SendingRights* rights) {
  if (code.empty()) {
    return Invalid("department is missing: give the code of the department that sends");
  }
  const domain::Department* sender = catalogue.FindDepartment(code);
  if (sender == nullptr) {
    std::vector<absl::string_view> known;
    for (const domain::Department& department : catalogue.data().departments) {
      known.push_back(department.code);
    }
    return Invalid(absl::StrCat("department ", Quoted(code), " is not in the catalogue of ",
                                catalogue.data().territory, DidYouMean(code, known)));
  }
  if (rights != nullptr && rights->department != sender->code) {
    return absl::PermissionDeniedError(absl::StrCat("'", rights->sender, "' sends as department '",
                                                    rights->department, "'; this says '",
                                                    sender->code, "'"));
  }
  return sender;
}

}  // namespace iocd::wire
