#pragma once

#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes the `ioc_department_…` families of the departments of `labels.catalogue`, which is, or
/// was, the engine's.
void AppendDepartments(const engine::Engine& engine, const LabelTexts& labels, FamilyBuffers* out);

/// Writes `ioc_indicator_info` and `ioc_indicator_cadence_info` of the indicators of
/// `labels.catalogue`.
void AppendIndicatorInfo(const LabelTexts& labels, FamilyBuffers* out);

}  // namespace iocd::exposition
