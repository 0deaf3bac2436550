#pragma once

#include "absl/strings/string_view.h"
#include "domain/admission.h"

namespace iocd::wire {

/// Reads one serialized ioc.v1.Event into `*event`, whose views point into `bytes`. `event` must be
/// freshly constructed. Returns what is wrong, as the end of a sentence that starts with the
/// event's place ("events[17]" + ".reference is not valid UTF-8"); empty if nothing is. Exactly the
/// messages that Protobuf's parser takes are taken, with the same content.
absl::string_view ReadEvent(absl::string_view bytes, domain::RawEvent* event);

}  // namespace iocd::wire
