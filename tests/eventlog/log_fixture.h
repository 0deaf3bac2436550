#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "eventlog/define_record.h"
#include "eventlog/event_log.h"
#include "eventlog/group_format.h"
#include "support/memory_file_system.h"

namespace iocd::eventlog {

/// A log on a disk in memory whose records are `define` records, told apart by their codes.
class LogFixture : public ::testing::Test {
 protected:
  /// Opens the log; `codes_` and `positions_` then hold what replay delivered.
  absl::Status Open(EventLog::From from = {}) {
    codes_.clear();
    positions_.clear();
    replayed_ = {};
    log_.reset();
    auto opened = EventLog::Open(
        {"/log", segment_bytes_, reserve_bytes_}, disk_, from,
        [&](const RawRecord& raw, std::uint64_t position) {
          codes_.push_back(ParseDefineRecord(raw.body)->code);
          positions_.push_back(position);
          return absl::OkStatus();
        },
        &replayed_);
    if (!opened.ok()) return opened.status();
    log_ = *std::move(opened);
    return absl::OkStatus();
  }

  static std::string Group(const std::vector<std::string>& codes) {
    std::string group(kGroupHeaderBytes, '\0');
    for (const std::string& code : codes) AppendTo(&group, {DefinedThing::kDepartment, 1, code});
    return group;
  }

  absl::Status Append(const std::vector<std::string>& codes) {
    std::string group = Group(codes);
    absl::Status prepared = log_->Prepare(group.size(), arrival_);
    return prepared.ok() ? log_->Append(&group) : prepared;
  }

  static std::string Segment(std::uint64_t base = 0) { return "/log/" + SegmentName(base); }
  std::string LastSegment() const { return disk_.Paths().back(); }

  void FlipByte(std::size_t offset, const std::string& path = Segment()) {
    std::string bytes = disk_.Contents(path);
    bytes.at(offset) = static_cast<char>(bytes.at(offset) ^ 0x40);
    disk_.SetContents(path, bytes);
  }

  std::uint64_t segment_bytes_ = 1 << 20;
  std::uint64_t reserve_bytes_ = 1 << 16;
  Timestamp arrival_ = Timestamp::FromSeconds(1'700'000'000);
  iocd::testing::MemoryFileSystem disk_;
  std::unique_ptr<EventLog> log_;
  EventLog::Replayed replayed_;
  std::vector<std::string> codes_;
  std::vector<std::uint64_t> positions_;
};

}  // namespace iocd::eventlog
