#include "iocctl/log_mend_view.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/json_text.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

std::string SwallowedText(const iocd::eventlog::MendPlan& plan) {
  std::string text;
  for (const auto& file : plan.files) {
    for (const auto& stretch : file.given_up) {
      if (stretch.swallowed_bytes() == 0) continue;
      absl::StrAppend(&text, file.file.path, " at byte ", stretch.begin - file.file.base, ": ",
                      stretch.damaged_bytes, " damaged bytes are too few to be filled; ",
                      stretch.swallowed_bytes(), " sound bytes next to them are lost too.\n");
    }
  }
  return text;
}

/// What a snapshot stands for counts, whatever becomes of the log below it.
std::string StillCountedText(const LogMendReport& report) {
  std::uint64_t bytes = 0;
  const std::uint64_t start = report.survey.known.position;
  for (const auto& file : report.plan.files) {
    for (const auto& stretch : file.given_up) {
      bytes += std::min(stretch.end, start) - std::min(stretch.begin, start);
    }
  }
  if (bytes == 0) return "";
  return absl::StrCat("\n", Counted(bytes, "byte lies", "bytes lie"),
                      " below the snapshot from which a start goes on: what was in them counts all "
                      "the same, only 'iocctl log dump' can show it no more.\n");
}

std::string PlanText(const LogMendReport& report) {
  return absl::StrCat(
      "\n",
      report.starts_anyway ? "A daemon starts in spite of this; a mend is not needed for a start.\n"
                           : "As long as this is so, a daemon does not start.\n",
      "Nothing was changed. If a backup holds what is lost, restore it with 'iocctl restore'. "
      "Otherwise give it up for good:\n    iocctl log mend --data-dir ",
      report.data_dir, " --accept-loss\n");
}

std::string DoneText(const LogMendReport& report) {
  std::string text = "\n";
  for (const auto& file : report.mended) {
    absl::StrAppend(&text, "mended ", file.path,
                    file.copy.empty() ? " (it was missing)\n"
                                      : absl::StrCat("; what it was is kept as ", file.copy, "\n"));
  }
  return text;
}

}  // namespace

std::uint64_t LostBytes(const iocd::eventlog::MendPlan& plan) {
  std::uint64_t bytes = 0;
  for (const auto& file : plan.files) {
    for (const auto& stretch : file.given_up) bytes += stretch.end - stretch.begin;
  }
  return bytes;
}

std::string LogMendText(const LogMendReport& report) {
  if (report.plan.files.empty()) {
    return absl::StrCat("Nothing to mend: the event log in ", report.data_dir, " is sound.\n");
  }
  const std::uint64_t lost = LostBytes(report.plan);
  std::string text =
      absl::StrCat(Counted(report.survey.damages.size(), "damaged place", "damaged places"), "; ",
                   lost == 0 ? "nothing is lost with a mend"
                             : absl::StrCat(report.done ? "lost: " : "a mend loses ", lost,
                                            " bytes of what was acknowledged"),
                   ":\n\n");
  for (const auto& damage : report.survey.damages) {
    text += DamageLines(damage, report.dictionary);
  }
  return absl::StrCat(text, SwallowedText(report.plan), StillCountedText(report),
                      report.done ? DoneText(report) : PlanText(report));
}

std::string LogMendJson(const LogMendReport& report) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["sound"].set_bool_value(report.plan.files.empty());
  fields["done"].set_bool_value(report.done);
  fields["starts_anyway"].set_bool_value(report.starts_anyway);
  fields["lost_bytes"].set_number_value(static_cast<double>(LostBytes(report.plan)));
  auto* damages = fields["damages"].mutable_list_value();
  for (const auto& damage : report.survey.damages) {
    *damages->add_values()->mutable_struct_value() = DamageJson(damage, report.dictionary);
  }
  auto* mended = fields["mended"].mutable_list_value();
  for (const auto& file : report.mended) {
    auto& item = *mended->add_values()->mutable_struct_value()->mutable_fields();
    item["file"].set_string_value(file.path);
    item["copy"].set_string_value(file.copy);
  }
  return ToJson(object);
}

}  // namespace iocctl
