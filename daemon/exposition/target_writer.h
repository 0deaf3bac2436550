#pragma once

#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes the `ioc_target_…` families at `now`, of every target in force of `labels.catalogue`,
/// which is, or was, the engine's.
void AppendTargets(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out);

}  // namespace iocd::exposition
