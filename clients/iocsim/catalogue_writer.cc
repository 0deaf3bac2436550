#include "iocsim/catalogue_writer.h"

#include <filesystem>
#include <fstream>
#include <system_error>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"

namespace iocsim {
namespace {

constexpr absl::string_view kHead =
    "# Made by `iocsim catalogue` for tests of load; not a real province.\n";

absl::Status WriteFile(const std::filesystem::path& path, const std::string& content) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << content;
  file.close();
  if (!file) return absl::PermissionDeniedError(absl::StrCat(path.string(), ": cannot be written"));
  return absl::OkStatus();
}

std::string Departments(int count) {
  std::string text = absl::StrCat(
      kHead,
      "territory: {code: simulated, name_vi: Tỉnh mô phỏng, name_en: Simulated province}\n"
      "departments:\n");
  for (int i = 1; i <= count; ++i) {
    absl::StrAppendFormat(
        &text, "  - {code: dept_%04d, name_vi: Đơn vị %d, name_en: Department %d, kind: so}\n", i,
        i, i);
  }
  return text;
}

std::string Indicator(int number) {
  const int turn = (number - 1) % 10;
  const absl::string_view kind = turn < 7 ? "flow" : turn < 9 ? "ratio" : "duration";
  const absl::string_view unit = kind == "flow" ? "dossier" : kind == "ratio" ? "percent" : "hour";
  const absl::string_view direction = kind == "flow"    ? "none"
                                      : kind == "ratio" ? "higher"
                                                        : "lower";
  return absl::StrFormat(
      "  - {code: indicator_%04d, name_vi: Chỉ tiêu %d, name_en: Indicator %d, kind: %s, unit: %s, "
      "direction: %s, cadence: realtime, reporters: all}\n",
      number, number, number, kind, unit, direction);
}

std::string Indicators(int count) {
  std::string text = absl::StrCat(kHead, "indicators:\n");
  for (int i = 1; i <= count; ++i) text += Indicator(i);
  return text;
}

}  // namespace

absl::Status WriteCatalogue(const std::string& directory, int departments, int indicators) {
  const std::filesystem::path out(directory);
  std::error_code error;
  std::filesystem::create_directories(out, error);
  if (error) {
    return absl::PermissionDeniedError(
        absl::StrCat(directory, ": cannot be made: ", error.message()));
  }
  absl::Status status = WriteFile(out / "departments.yaml", Departments(departments));
  if (status.ok()) status = WriteFile(out / "indicators.yaml", Indicators(indicators));
  if (!status.ok()) return status;
  return WriteFile(out / "iocd.yaml",
                   absl::StrCat(kHead, "catalogue:\n  - departments.yaml\n  - indicators.yaml\n"));
}

}  // namespace iocsim
