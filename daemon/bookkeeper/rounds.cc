#include "bookkeeper/rounds.h"

#include <utility>

#include "bookkeeper/indicator_books.h"
#include "bookkeeper/waivers_of.h"

namespace iocd::bookkeeper {

void Rounds::Begin(bool whole) {
  begin_ = engine_.AppliedPosition();  // before anything is read
  auto catalogue = engine_.catalogue();
  if (catalogue != catalogue_) {
    catalogue_ = std::move(catalogue);
    indicators_.assign(catalogue_->data().indicators.size(), {});
  }
  under_way_ = true;
  whole_ = whole;
  next_ = 0;
}

bool Rounds::MayHaveChanged(std::size_t indicator, Timestamp now) const {
  const Known& known = indicators_[indicator];
  return !known.read || (known.next_change && *known.next_change <= now) ||
         HasHeard(engine_, *catalogue_, indicator, known.newest_arrival);
}

ledger::Update Rounds::Next(Timestamp now, std::uint64_t position) {
  ledger::Update update;
  update.position = position;
  update.recorded_at = now;
  while (!AtEnd() && !whole_ && !MayHaveChanged(next_, now)) ++next_;
  if (AtEnd()) {
    update.position = begin_;
    if (whole_) update.waivers = WaiversOf(catalogue_->data());
    return update;
  }
  IndicatorBooks books = ReadIndicator(engine_, *catalogue_, next_, now);
  reading_ = {true, books.newest_arrival, books.reports.next_change};
  update.periods = std::move(books.periods);
  update.reports = std::move(books.reports.reports);
  update.whole_years = std::move(books.reports.whole_years);
  return update;
}

void Rounds::Took() {
  if (AtEnd()) {
    under_way_ = false;
    return;
  }
  indicators_[next_] = reading_;
  ++next_;
}

}  // namespace iocd::bookkeeper
