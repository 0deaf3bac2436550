#pragma once

#include <cstdio>
#include <fstream>
#include <string>
#include <vector>

#include "absl/strings/str_cat.h"

namespace ioc::client {

/// What changes in the files of a configuration whose indicators "steady", of departments d0 to d3,
/// are always there.
struct Variation {
  bool coming = false;    // there is an indicator "coming"
  bool duration = false;  // the indicator "swing" is a duration, otherwise a flow
  bool renamed = false;
  bool higher_target = false;

  bool operator==(const Variation&) const = default;
};

enum class Mistake { kNone, kBrokenYaml, kUnknownKey, kSeveral };

inline std::string CatalogueText(const Variation& variation, Mistake mistake) {
  std::string text = R"(
territory: {code: here, name_vi: Đây, name_en: Here}
departments:
)";
  for (const char* code : {"d0", "d1", "d2", "d3"}) {
    absl::StrAppend(&text, "  - {code: ", code, ", name_vi: Sở, kind: so, name_en: ",
                    variation.renamed ? "Renamed" : "Department", "}\n");
  }
  const auto indicator = [&](const char* code, const char* kind) {
    absl::StrAppend(&text, "  - {code: ", code, ", name_vi: N, name_en: N, kind: ", kind,
                    ", unit: dossier, direction: higher, cadence: realtime, reporters: all");
    if (mistake == Mistake::kSeveral) absl::StrAppend(&text, ", fed_by: ", code, ", owner: nobody");
    text += "}\n";
  };
  text += "indicators:\n";
  if (variation.coming) indicator("coming", "flow");  // in front, so that all others move
  indicator("steady", "flow");
  indicator("swing", variation.duration ? "duration" : "flow");
  absl::StrAppend(&text, "targets:\n  - {indicator: steady, operator: '>=', value: ",
                  variation.higher_target ? 2000 : 1000,
                  ", deadline: 2030, document: D, document_date: 2024-05-04}\n");
  if (mistake == Mistake::kBrokenYaml) text += "targets: [\n";
  return text;
}

/// Puts a whole file in the place of another.
inline void ReplaceFile(const std::string& path, const std::string& text) {
  const std::string fresh = path + ".new";
  std::ofstream(fresh) << text;
  std::rename(fresh.c_str(), path.c_str());
}

/// Writes iocd.yaml and catalogue.yaml into `directory`; returns the path of the former.
inline std::string WriteConfiguration(const std::string& directory, const Variation& variation,
                                      Mistake mistake = Mistake::kNone) {
  ReplaceFile(directory + "/catalogue.yaml", CatalogueText(variation, mistake));
  ReplaceFile(directory + "/iocd.yaml",
              absl::StrCat(mistake == Mistake::kUnknownKey ? "grcp: {}\n" : "",
                           "log: {segment_mib: 0.25}\nsnapshots: {every_mib: 0.5}\n"
                           "catalogue: [catalogue.yaml]\n"));
  return directory + "/iocd.yaml";
}

}  // namespace ioc::client
