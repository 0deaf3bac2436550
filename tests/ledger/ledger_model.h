#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <tuple>
#include <vector>

#include "ledger/ledger_reader.h"
#include "ledger/records.h"

namespace iocd::ledger {

/// What a ledger must hold, in maps.
class LedgerModel {
 public:
  void Apply(const Update& update);
  std::uint64_t position() const { return position_; }

  /// Asks the reader everything that it can be asked about what is in the model. Empty: all answers
  /// are as they must be; otherwise what is different first.
  std::string DifferenceFrom(LedgerReader& reader) const;

 private:
  void Observe(const PeriodObservation& observation, Timestamp recorded_at);
  void Waive(const std::vector<Waiver>& waivers, Timestamp recorded_at);
  void Add(Change change);

  std::string PeriodsDifference(LedgerReader& reader) const;
  std::string ReportsDifference(LedgerReader& reader) const;
  std::string HistoryDifference(LedgerReader& reader) const;

  std::uint64_t position_ = 0;
  std::map<PeriodKey, std::vector<PeriodRevision>> periods_;
  std::map<std::tuple<std::string, std::string, std::string>, Report> reports_;
  std::vector<RecordedWaiver> waivers_;
  std::map<HistoryKey, std::vector<Change>> history_;
};

}  // namespace iocd::ledger
