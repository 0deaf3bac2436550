#pragma once

#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes the values of departments, members and the province at `now`, of every indicator of
/// `labels.catalogue`, which is, or was, the engine's. Holds the state still for one indicator at a
/// time, and not while text is made.
void AppendIndicators(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                      FamilyBuffers* out);

}  // namespace iocd::exposition
