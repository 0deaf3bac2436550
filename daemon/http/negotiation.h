#pragma once

#include "absl/strings/string_view.h"
#include "exposition/text_format.h"

namespace iocd::http {

/// The format of /metrics that an Accept header prefers: OpenMetrics 1.0 only if it is named and
/// text is not wanted more.
exposition::Format PreferredFormat(absl::string_view accept);

/// Whether an Accept-Encoding header takes gzip.
bool AcceptsGzip(absl::string_view accept_encoding);

}  // namespace iocd::http
