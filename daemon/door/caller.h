#pragma once

#include <memory>

#include "access/access_control.h"
#include "audit/caller.h"

namespace iocd::door {

/// Who stands behind a call: what the audit log is told of them, and what they may do.
struct Caller : audit::Caller {
  access::Caller identity;
};

/// Shared by all that is under way of one call or one stream. Also an audit::CallerPtr.
using CallerPtr = std::shared_ptr<const Caller>;

}  // namespace iocd::door
