#pragma once

#include <string>

#include "absl/strings/string_view.h"
#include "exposition/families.h"
#include "exposition/text_format.h"

namespace iocd::exposition {

/// Appends one sample to its family: name{labels} value. `labels` are pieces of label text that are
/// put together as they are, commas included; no memory is taken but the buffer's.
template <typename... Labels>
void AppendSample(Family family, double value, FamilyBuffers* buffers, const Labels&... labels) {
  std::string& out = (*buffers)[family];
  const absl::string_view name = TextOf(family).name;
  out.append(name.data(), name.size());
  out.push_back('{');
  (out.append(labels.data(), labels.size()), ...);
  out.append("} ", 2);
  AppendNumber(value, &out);
  out.push_back('\n');
}

}  // namespace iocd::exposition
