#pragma once

#include <memory>
#include <string>
#include <vector>

#include "domain/catalogue.h"

namespace iocd::exposition {

/// Labels of the catalogue's things as they stand in a line, escaped once instead of at each
/// scrape. Indices are those of the catalogue's vectors.
struct LabelTexts {
  explicit LabelTexts(std::shared_ptr<const domain::Catalogue> of);

  const std::shared_ptr<const domain::Catalogue> catalogue;
  std::vector<std::string> departments;           // department="stttt"
  std::vector<std::string> scopes;                // scope="stttt", by department
  std::string province_scope;                     // scope="province"
  std::vector<std::string> indicators;            // indicator="dossiers_received"
  std::vector<std::vector<std::string>> members;  // by set: set="areas",member="moc_chau"
  // By place in TargetsInForce(): scope, indicator, target, owner.
  std::vector<std::string> targets;
};

}  // namespace iocd::exposition
