#pragma once

#include <string>
#include <utility>
#include <vector>

#include "ingest/reloading.h"

namespace iocd::testing {

/// Answers each request at once, as a test wants it. One thread at a time.
class ScriptedReloading final : public ingest::Reloading {
 public:
  void Request(std::string asked_by, Done done) override {
    asked_by_.push_back(std::move(asked_by));
    std::move(done)(outcome);
  }

  ingest::ReloadOutcome outcome;
  const std::vector<std::string>& asked_by() const { return asked_by_; }

 private:
  std::vector<std::string> asked_by_;
};

}  // namespace iocd::testing
