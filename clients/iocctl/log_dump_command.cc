#include <cerrno>
#include <cstring>
#include <iostream>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "base/posix_file_system.h"
#include "engine/data_survey.h"
#include "eventlog/log_walk.h"
#include "iocctl/data_directory.h"
#include "iocctl/exit_code.h"
#include "iocctl/log_commands.h"
#include "iocctl/log_dump_line.h"
#include "iocctl/log_filter.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

using iocd::eventlog::RecordType;

/// Prints each record as it comes.
class Dumper final : public iocd::eventlog::LogVisitor {
 public:
  Dumper(const LogFilter& filter, iocd::engine::Dictionary dictionary)
      : filter_(filter), dictionary_(std::move(dictionary)) {}

  absl::Status OnRecord(const iocd::eventlog::RawRecord& record, std::uint64_t position) override {
    switch (record.type) {
      case RecordType::kDefine:
        return OnDefine(*iocd::eventlog::ParseDefineRecord(record.body), position);
      case RecordType::kBatch:
        return Print(BatchLine(*iocd::eventlog::BatchRecord::Parse(record.body), position,
                               dictionary_, filter_));
      case RecordType::kLost:
        return Print(filter_.TakesAll() ? LostLine(record.size(), position) : "");
    }
    return absl::OkStatus();
  }

  absl::Status OnDamage(const iocd::eventlog::Damage& damage) override {
    damaged_ = true;
    std::cout << std::flush;
    std::cerr << "iocctl: passed over damage: " << DamageText(damage) << "\n";
    return absl::OkStatus();
  }

  bool damaged() const { return damaged_; }
  std::uint64_t lines() const { return lines_; }

 private:
  absl::Status OnDefine(const iocd::eventlog::DefineRecord& record, std::uint64_t position) {
    dictionary_.Apply(record).IgnoreError();  // what contradicts is shown all the same
    return Print(filter_.TakesAll() ? DefineLine(record, position) : "");
  }

  absl::Status Print(const std::string& line) {
    if (line.empty()) return absl::OkStatus();
    ++lines_;
    std::cout << line << "\n";
    if (std::cout) return absl::OkStatus();
    return absl::UnavailableError(
        absl::StrCat("standard output cannot be written: ", std::strerror(errno)));
  }

  const LogFilter& filter_;
  iocd::engine::Dictionary dictionary_;
  bool damaged_ = false;
  std::uint64_t lines_ = 0;
};

}  // namespace

int RunLogDump(const std::string& data_dir, const LogDumpOptions& options) {
  if (absl::Status found = FindLog(data_dir); !found.ok()) return Fail(kBadUsage, found.message());
  iocd::FileSystem& files = iocd::PosixFileSystem();
  const auto readings = iocd::engine::PrepareToRead(files, data_dir);
  if (!readings.ok()) return Fail(kFailed, readings.status().message());
  const auto filter = LogFilter::Make(options, readings->dictionary, absl::Now());
  if (!filter.ok()) return Fail(kBadUsage, filter.status().message());
  std::ios::sync_with_stdio(false);
  Dumper dumper(*filter, readings->dictionary);
  const auto walked =
      iocd::eventlog::WalkLog(files, readings->files, readings->known, /*from=*/0, dumper);
  std::cout << std::flush;
  if (!walked.ok()) return Fail(kFailed, walked.status().message());
  if (dumper.lines() == 0) std::cerr << "iocctl: no record matches\n";
  return dumper.damaged() ? kFailed : kDone;
}

}  // namespace iocctl
