#pragma once

#include <cstdint>
#include <string>

namespace iocctl {

/// For people: "712 bytes", "1.5 KiB", "3.2 GiB".
std::string BytesText(std::uint64_t bytes);

}  // namespace iocctl
