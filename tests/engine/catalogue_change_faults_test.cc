// A life in which the catalogue changes again and again; lived once for each of its calls of the
// file system and each way in which that call can fail, and then ended in each way in which a
// daemon can end. Whatever happens: the next start gives every code the id that it was seen to
// have, and counts what was acknowledged, once, where it was admitted to.

#include <gtest/gtest.h>

#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "support/engine_harness.h"
#include "support/stop.h"

namespace iocd::engine {
namespace {

using domain::Kind;
using iocd::testing::EngineHarness;
using iocd::testing::Fault;
using iocd::testing::kAllFaults;
using iocd::testing::kStops;
using iocd::testing::MemoryFileSystem;
using iocd::testing::Stop;

constexpr int kStride = IOCD_FAULT_STRIDE;  // of the calls, every so manieth fails
const Timestamp kNow = Timestamp::FromSeconds(1'700'000'000);

/// One department and these indicators.
domain::CatalogueData Catalogue(const std::map<std::string, Kind>& indicators, double maximum) {
  domain::CatalogueData data = iocd::testing::TestCatalogueData();
  domain::Indicator indicator = data.indicators.front();
  data.indicators.clear();
  data.departments.resize(1);
  data.member_sets.clear();
  for (const auto& [code, kind] : indicators) {
    indicator.code = code;
    indicator.kind = kind;
    indicator.maximum = maximum;
    data.indicators.push_back(indicator);
  }
  return data;
}

/// An engine, and what is known of it from the outside.
class Life {
 public:
  Life() : harness_(Catalogue({{"flow", Kind::kFlow}}, 1'000'000)) {}
  /// Goes on with what is known of `before`, on a copy of its disk.
  Life(Life& before, const MemoryFileSystem& disk)
      : harness_(before.catalogue_), known_(before.known_), batches_(before.batches_) {
    harness_.disk() = disk;
  }

  MemoryFileSystem& disk() { return harness_.disk(); }
  void Kill() { harness_.Kill(); }
  void Stop() { harness_.Stop(); }

  /// Whether the engine started, at the second try if need be.
  bool Start() { return StartOnce() || StartOnce(); }
  bool StartOnce() {
    const absl::Status started = harness_.Start();
    runs_ = started.ok();
    if (runs_) Learn();
    return runs_;
  }

  /// Tries twice.
  void Change(const std::map<std::string, Kind>& indicators, double maximum = 1'000'000) {
    catalogue_ = Catalogue(indicators, maximum);
    for (int attempt = 0; attempt < 2; ++attempt) {
      const auto before = harness_.engine().catalogue();
      const absl::Status changed = harness_.ChangeCatalogue(catalogue_);
      if (changed.ok()) return Learn();
      EXPECT_TRUE(absl::IsUnavailable(changed)) << changed;
      EXPECT_EQ(harness_.engine().catalogue(), before);
    }
  }

  /// Each batch is worth a power of two of its own. Tries twice.
  void Push(const std::string& indicator) {
    const auto catalogue = harness_.engine().catalogue();
    if (!runs_ || catalogue->FindIndicator(indicator) == nullptr) return;
    const std::uint64_t worth = std::uint64_t{1} << batches_++;
    const Batch batch = harness_.MakeBatch(
        "p", batches_, {harness_.Event("a", indicator, kNow, static_cast<double>(worth))}, kNow);
    Known& known = known_[NameOf(*catalogue->FindIndicator(indicator))];
    known.sent |= worth;
    for (int attempt = 0; attempt < 2; ++attempt) {
      if (harness_.Push(Batch(batch)).ok()) {
        known.acknowledged |= worth;
        return;
      }
    }
  }

  void Expect() {
    harness_.engine().Read([&](const State& state) {
      for (const auto& [name, known] : known_) {
        const auto* defined = state.dictionary().Find(eventlog::DefinedThing::kIndicator,
                                                      static_cast<std::uint32_t>(known.id));
        ASSERT_NE(defined, nullptr) << name;
        EXPECT_EQ(NameOf({.code = defined->code, .kind = defined->kind}), name);
        const domain::Series* series =
            state.Find({domain::DepartmentId{1}, known.id, domain::kNoMember});
        std::uint64_t counted = 0;
        if (series != nullptr) {
          counted = static_cast<std::uint64_t>(series->InWindow(domain::Window::k1h, kNow).first);
        }
        EXPECT_EQ(counted & known.acknowledged, known.acknowledged) << name;
        EXPECT_EQ(counted & ~known.sent, 0u) << name;
      }
    });
  }

 private:
  struct Known {
    domain::IndicatorId id{};
    std::uint64_t sent = 0, acknowledged = 0;
  };

  static std::string NameOf(const domain::Indicator& indicator) {
    return absl::StrCat(indicator.code, " ", domain::KindName(indicator.kind));
  }

  void Learn() {
    for (const domain::Indicator& indicator : harness_.catalogue().data().indicators) {
      const auto [known, is_new] = known_.try_emplace(NameOf(indicator), Known{indicator.id});
      EXPECT_EQ(known->second.id, indicator.id) << known->first;
    }
  }

  EngineHarness harness_;
  domain::CatalogueData catalogue_ = Catalogue({{"flow", Kind::kFlow}}, 1'000'000);
  bool runs_ = false;
  std::map<std::string, Known> known_;  // of indicators that were seen in a catalogue at work
  std::uint64_t batches_ = 0;
};

void Live(Life* life) {
  life->Start();
  life->Push("flow");
  life->Change({{"flow", Kind::kFlow}, {"swing", Kind::kFlow}});
  life->Push("swing");
  life->Change({{"flow", Kind::kFlow}, {"swing", Kind::kDuration}}, 2'000'000);
  life->Push("swing");
  life->Push("flow");
  life->Stop();

  life->Start();
  life->Change({{"one", Kind::kFlow}, {"swing", Kind::kFlow}});
  life->Push("swing");
  life->Push("one");
}

/// Ends a life in this way and expects an engine that starts, knows all and changes again.
void StopAndCheck(const Stop& stop, bool power_is_off, const MemoryFileSystem& disk_then,
                  Life& life) {
  MemoryFileSystem disk(disk_then);
  if (stop.power_lost || power_is_off) disk.Crash(stop.kept_bytes, stop.names);
  Life next(life, disk);
  ASSERT_TRUE(next.StartOnce());
  next.Expect();
  next.Change({{"flow", Kind::kFlow}, {"swing", Kind::kFlow}, {"two", Kind::kFlow}}, 3'000'000);
  for (const char* indicator : {"flow", "swing", "two"}) next.Push(indicator);
  next.Expect();
  next.Kill();
  ASSERT_TRUE(next.StartOnce());
  next.Expect();
}

TEST(CatalogueChangeFaultsTest, WhateverFailsIdsStayAndWhatWasAcknowledgedCounts) {
  int calls = 0;
  {
    Life life;
    Live(&life);
    life.Expect();
    calls = life.disk().Calls();
  }
  ASSERT_GT(calls, 50);
  int lives = 0, driven = 0;
  for (int call = 1; call <= calls; call += kStride) {
    for (const Fault fault : kAllFaults) {
      Life life;
      life.disk().FailCall(call, fault);
      SCOPED_TRACE(absl::StrCat("call ", call, ": ", Name(fault)));
      Live(&life);
      ++lives;
      driven += !life.disk().FailedCall().empty();
      const std::string failed = life.disk().FailedCall();
      const MemoryFileSystem disk(life.disk());
      life.Kill();
      for (const Stop& stop : kStops) {
        SCOPED_TRACE(absl::StrCat(failed, "; then ", stop.name));
        StopAndCheck(stop, fault == Fault::kCrash, disk, life);
        if (::testing::Test::HasFailure()) return;
      }
    }
  }
  EXPECT_EQ(driven, lives) << "each fault was met";
  RecordProperty("faults", driven);
}

}  // namespace
}  // namespace iocd::engine
