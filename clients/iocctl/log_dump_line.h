#pragma once

#include <cstdint>
#include <string>

#include "engine/dictionary.h"
#include "eventlog/batch_record.h"
#include "eventlog/define_record.h"
#include "iocctl/log_filter.h"

namespace iocctl {

// Records of the log as JSON, one line each, without the line's end. Written by hand: a log holds
// hundreds of millions of events, numbers of 64 bits stay numbers, and fields stand in a fixed
// order.

/// A definition. Bounds that are infinite are left out.
std::string DefineLine(const iocd::eventlog::DefineRecord& record, std::uint64_t position);

/// A stretch whose loss was accepted.
std::string LostLine(std::uint64_t bytes, std::uint64_t position);

/// A batch with the events that the filter takes, and, unless events are chosen one by one, its
/// refusals; empty if the filter takes nothing of it. The record is whole (WalkLog() has checked
/// it).
std::string BatchLine(const iocd::eventlog::BatchRecord& batch, std::uint64_t position,
                      const iocd::engine::Dictionary& dictionary, const LogFilter& filter);

}  // namespace iocctl
