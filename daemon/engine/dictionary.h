#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/status.h"
#include "base/coding.h"
#include "domain/catalogue.h"
#include "eventlog/define_record.h"

namespace iocd::engine {

/// The ids that `define` records have given to codes, for ever. An indicator's id belongs to its
/// code and kind: the same code with another kind is another indicator.
class Dictionary {
 public:
  /// DataLoss if the record contradicts an earlier one.
  absl::Status Apply(const eventlog::DefineRecord& record);

  /// The `define` records that the catalogue still needs, in catalogue order: one for each code
  /// without an id, and one under the old id for each indicator whose bounds have changed.
  std::vector<eventlog::DefineRecord> Missing(const domain::Catalogue& catalogue) const;

  /// Fills in all ids of a catalogue of which nothing is missing.
  void AssignIds(domain::Catalogue* catalogue) const;

  /// What was last defined under an id; nullptr: nothing. Valid until the next Apply().
  const eventlog::DefineRecord* Find(eventlog::DefinedThing thing, std::uint32_t id) const;
  /// Everything that was defined of one sort, by id.
  const std::vector<eventlog::DefineRecord>& All(eventlog::DefinedThing thing) const;

  /// nullopt: no such id has been defined.
  std::optional<domain::Kind> KindOf(domain::IndicatorId id) const;
  bool Knows(domain::DepartmentId id) const;
  bool Knows(domain::MemberId id) const;  // kNoMember is known

  /// Appends a canonical form: equal dictionaries append equal bytes.
  void EncodeTo(std::string* out) const;
  /// nullopt if the bytes are no dictionary's canonical form.
  static std::optional<Dictionary> Decode(Reader& reader);

 private:
  struct IndicatorKey {
    std::string code;
    domain::Kind kind;
    friend bool operator==(const IndicatorKey&, const IndicatorKey&) = default;
    template <typename H>
    friend H AbslHashValue(H state, const IndicatorKey& key) {
      return H::combine(std::move(state), key.code, key.kind);
    }
  };

  bool GivesEachCodeOneId() const;

  std::vector<eventlog::DefineRecord> departments_, indicators_, members_;  // id - 1 is the index
  absl::flat_hash_map<std::string, std::uint32_t> department_ids_, member_ids_;
  absl::flat_hash_map<IndicatorKey, std::uint32_t> indicator_ids_;
};

}  // namespace iocd::engine
