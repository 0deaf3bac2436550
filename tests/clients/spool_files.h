#pragma once

#include <memory>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "ioc/client/spool.h"
#include "support/temporary_directory.h"

namespace ioc::client {

inline const absl::Time kMorning = absl::FromUnixSeconds(1'795'000'000);

inline v1::Event MakeSpoolEvent(const std::string& reference) {
  v1::Event event;
  event.set_indicator("dossiers_received");
  event.set_value(1);
  event.mutable_event_time()->set_seconds(1'795'000'000);
  event.set_reference(reference);
  return event;
}

/// A directory for a spool, which every call opens anew, as another process would.
class SpoolTest : public ::testing::Test {
 protected:
  SpoolOptions Options() const {
    return {.directory = directory(), .department = "stp", .producer = "mot-cua"};
  }
  std::string directory() const { return temporary_.File("spool"); }

  std::unique_ptr<Spool> Open() { return Open(Options()); }
  std::unique_ptr<Spool> Open(const SpoolOptions& options) {
    auto spool = Spool::OpenOrMake(options, kMorning);
    EXPECT_TRUE(spool.ok()) << spool.status();
    return spool.ok() ? *std::move(spool) : nullptr;
  }

  /// Each reference as a batch of one event.
  static void AppendEach(Spool& spool, const std::vector<std::string>& references) {
    for (const std::string& reference : references) {
      const absl::Status status = spool.Append({MakeSpoolEvent(reference)}, kMorning);
      ASSERT_TRUE(status.ok()) << status;
    }
  }

  /// "sequence:references" of every batch that waits.
  static std::vector<std::string> Waiting(Spool& spool) {
    std::vector<std::string> texts;
    const auto batches = spool.TakeToSend(0, 1'000'000, 1'000'000'000);
    EXPECT_TRUE(batches.ok()) << batches.status();
    for (const v1::PushRequest& batch : *batches) {
      std::string text = std::to_string(batch.sequence()) + ":";
      for (const v1::Event& event : batch.events()) text += event.reference();
      texts.push_back(text);
    }
    return texts;
  }

  static SpoolState StateOf(Spool& spool) {
    const auto state = spool.State();
    EXPECT_TRUE(state.ok()) << state.status();
    return state.value_or(SpoolState());
  }

  const iocd::testing::TemporaryDirectory temporary_;
};

}  // namespace ioc::client
