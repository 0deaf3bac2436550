#pragma once

#include "base/timestamp.h"
#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes ioc_period_value at `now`: of every indicator of `labels.catalogue`, which is, or was,
/// the engine's, for the province and each department that reports it, the periods that have a
/// value. Holds the state still for one indicator at a time, and not while text is made.
void AppendPeriods(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out);

}  // namespace iocd::exposition
