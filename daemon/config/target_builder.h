#pragma once

#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "config/code_index.h"
#include "config/drafts.h"
#include "config/mistakes.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// Turns target drafts into targets: resolves them, reads their quantities in the unit of their
/// indicator, and checks that they make sense. All that it is given outlives it.
class TargetBuilder {
 public:
  /// Targets are added to `data`, which has everything else already. `sound`, by indicator: nothing
  /// was wrong with it, so a target can be checked against it.
  TargetBuilder(domain::CatalogueData& data, const std::vector<bool>& sound,
                const CodeIndex& departments, const CodeIndex& indicators, Mistakes& mistakes)
      : data_(data),
        sound_(sound),
        departments_(departments),
        indicators_(indicators),
        mistakes_(mistakes) {}

  void Take(const TargetDraft& draft);

 private:
  /// Scope, indicator and deadline: what competes with what.
  using Key = std::tuple<std::optional<std::size_t>, std::size_t, std::optional<domain::CivilDate>>;
  struct Taken {
    std::string document;
    domain::CivilDate document_date;
    Place place;
  };
  struct DatedDocument {
    domain::CivilDate date;
    Place place;  // where it stands first
  };

  std::optional<double> Quantity(const Text& text, absl::string_view what,
                                 const domain::Indicator& indicator, bool within_bounds);
  void ReadQuantities(const TargetDraft& draft, const domain::Indicator& indicator,
                      domain::Target& target);
  void CheckReporter(const TargetDraft& draft, const domain::Target& target);
  void CheckOperator(const TargetDraft& draft, const domain::Indicator& indicator,
                     const domain::Target& target);
  void CheckStretch(const TargetDraft& draft, const domain::Indicator& indicator,
                    const domain::Target& target);
  void CheckDates(const TargetDraft& draft, const domain::Target& target);
  void CheckMilestones(const TargetDraft& draft, const domain::Target& target);
  void CheckDocument(const TargetDraft& draft, const domain::Target& target);
  void CheckRivals(const TargetDraft& draft, const domain::Target& target);
  std::string KeyText(const domain::Target& target) const;

  domain::CatalogueData& data_;
  const std::vector<bool>& sound_;
  const CodeIndex& departments_;
  const CodeIndex& indicators_;
  Mistakes& mistakes_;
  std::map<Key, std::vector<Taken>> taken_;
  std::map<std::string, DatedDocument> documents_;
};

}  // namespace iocd::config
