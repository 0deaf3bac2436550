#include "bookkeeper/waivers_of.h"

namespace iocd::bookkeeper {

std::vector<ledger::Waiver> WaiversOf(const domain::CatalogueData& data) {
  std::vector<ledger::Waiver> waivers;
  for (const domain::Waiver& waiver : data.waivers) {
    ledger::Waiver& out = waivers.emplace_back();
    out.department = data.departments[waiver.department].code;
    if (waiver.indicator) out.indicator = data.indicators[*waiver.indicator].code;
    out.first = waiver.first;
    out.last = waiver.last;
    out.reason = waiver.reason;
    out.author = waiver.author;
    out.document_date = waiver.date;
  }
  return waivers;
}

}  // namespace iocd::bookkeeper
