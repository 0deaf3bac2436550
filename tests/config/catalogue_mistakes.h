#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "config/config_files.h"

namespace iocd::config {

inline constexpr char kRoster[] = R"(territory: {code: here, name_vi: Đây, name_en: Here}
departments:
  - {code: stttt, name_vi: Sở, name_en: Department, kind: so}
  - {code: bsl, name_vi: Báo, name_en: Newspaper, kind: dang}
member_sets:
  - {code: areas, members: [{code: moc_chau, name_vi: M, name_en: M}]}
)";

/// Writes catalogues of two departments that are right but for what a test makes wrong.
class CatalogueMistakes : public ConfigFiles {
 protected:
  /// One indicator: the given keys win over a valid set of them. An empty value drops the key.
  static std::string Indicator(std::map<std::string, std::string> keys) {
    keys.insert({{"code", "users"},
                 {"name_vi", "N"},
                 {"name_en", "N"},
                 {"kind", "coverage"},
                 {"unit", "percent"},
                 {"direction", "higher"},
                 {"cadence", "monthly"},
                 {"owner", "stttt"}});
    return Item(keys);
  }

  /// One target of `users`, in the same manner.
  static std::string Target(std::map<std::string, std::string> keys) {
    keys.insert({{"indicator", "users"},
                 {"operator", "\">=\""},
                 {"value", "80%"},
                 {"deadline", "2025"},
                 {"document", "Decision 1"},
                 {"document_date", "2024-05-04"}});
    return Item(keys);
  }

  std::vector<std::string> WithIndicators(const std::vector<std::string>& items) {
    return MistakesOf(kRoster + List("indicators", items));
  }

  std::vector<std::string> WithTargets(const std::vector<std::string>& items) {
    return MistakesOf(Everything(items));
  }

  domain::Indicator TheIndicator(std::map<std::string, std::string> keys) {
    return Good(kRoster + List("indicators", {Indicator(std::move(keys))}))
        .catalogue.data()
        .indicators.at(0);
  }

  domain::Target TheTarget(std::map<std::string, std::string> keys) {
    return Good(Everything({Target(std::move(keys))})).catalogue.data().targets.at(0);
  }

  /// Indicators: users (percent, higher), rank (lower), plain (direction none), gain (points),
  /// count.
  static std::string Everything(const std::vector<std::string>& targets) {
    return kRoster +
           List(
               "indicators",
               {Indicator({}),
                Indicator(
                    {{"code", "rank"}, {"kind", "rank"}, {"unit", "rank"}, {"direction", "lower"}}),
                Indicator({{"code", "plain"}, {"direction", "none"}}),
                Indicator({{"code", "gain"}, {"kind", "reported"}, {"unit", "percentage_point"}}),
                Indicator({{"code", "count"}, {"kind", "stock"}, {"unit", "person"}})}) +
           List("targets", targets);
  }

 private:
  static std::string Item(const std::map<std::string, std::string>& keys) {
    std::string item = "  -";
    for (const auto& [key, value] : keys) {
      if (!value.empty())
        absl::StrAppend(&item, item == "  -" ? " " : "    ", key, ": ", value, "\n");
    }
    return item;
  }

  static std::string List(const std::string& key, const std::vector<std::string>& items) {
    std::string list = key + ":\n";
    for (const std::string& item : items) list += item;
    return list;
  }
};

}  // namespace iocd::config
