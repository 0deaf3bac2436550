#pragma once

#include "domain/catalogue.h"
#include "engine/engine.h"
#include "exposition/families.h"
#include "exposition/label_texts.h"

namespace iocd::exposition {

/// Writes the `ioc_department_…` families. `labels` are of the engine's catalogue.
void AppendDepartments(const engine::Engine& engine, const LabelTexts& labels, FamilyBuffers* out);

/// Writes `ioc_indicator_info`. `labels` are of the same catalogue.
void AppendIndicatorInfo(const domain::Catalogue& catalogue, const LabelTexts& labels,
                         FamilyBuffers* out);

}  // namespace iocd::exposition
