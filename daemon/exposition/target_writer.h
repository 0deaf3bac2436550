#pragma once

#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes the `ioc_target_…` families of every target in force at `now`. `labels` are of the
/// engine's catalogue.
void AppendTargets(const engine::Engine& engine, const LabelTexts& labels, Timestamp now,
                   FamilyBuffers* out);

}  // namespace iocd::exposition
