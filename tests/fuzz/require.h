#pragma once

#include <cstdio>
#include <cstdlib>
#include <string>

#include "absl/status/status.h"

namespace iocd::fuzz {

/// Ends the fuzzer with a sentence, which makes the input at hand a finding, unless `holds`.
inline void Require(bool holds, const char* claim, const std::string& detail = "") {
  if (holds) return;
  std::fprintf(stderr, "does not hold: %s %s\n", claim, detail.c_str());
  std::abort();
}

/// A refusal says why.
inline void RequireSentence(const absl::Status& refusal) {
  Require(refusal.message().size() > 20, "a refusal says why", refusal.ToString());
}

}  // namespace iocd::fuzz
