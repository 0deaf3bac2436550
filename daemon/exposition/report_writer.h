#pragma once

#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes what the departments of `labels.catalogue` owe at `now`, of those that exist on that day:
/// the state of each report and what they add up to. The catalogue is, or was, the engine's. Holds
/// the state still for one department at a time, and not while text is made.
void AppendReports(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out);

}  // namespace iocd::exposition
