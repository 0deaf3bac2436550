#pragma once

#include "absl/strings/string_view.h"

namespace iocd::http {

/// The page at "/api/v1": the addresses that this server has, in Vietnamese and English. UTF-8
/// HTML.
absl::string_view IndexPage();

}  // namespace iocd::http
