#pragma once

#include <string>

#include "engine/dictionary.h"
#include "eventlog/log_survey.h"
#include "google/protobuf/struct.pb.h"

namespace iocctl {

/// The code that an id stands for; "#7" if nothing defines it.
std::string CodeOf(const iocd::engine::Dictionary& dictionary, iocd::domain::DepartmentId id);
std::string CodeOf(const iocd::engine::Dictionary& dictionary, iocd::domain::IndicatorId id);
std::string CodeOf(const iocd::engine::Dictionary& dictionary, iocd::domain::MemberId id);

/// "stp, producer 'mot-cua', sequence 12, arrived 2026-11-22 08:41:07+07:00"
std::string BatchText(const iocd::eventlog::BatchPlace& batch,
                      const iocd::engine::Dictionary& dictionary);

/// "FILE at byte 40, 138 bytes: no sound group stands there"
std::string DamageText(const iocd::eventlog::Damage& damage);

/// The same, with the batches next to it, in lines of their own.
std::string DamageLines(const iocd::eventlog::SurveyedDamage& damage,
                        const iocd::engine::Dictionary& dictionary);

google::protobuf::Struct DamageJson(const iocd::eventlog::SurveyedDamage& damage,
                                    const iocd::engine::Dictionary& dictionary);

/// "1 segment", "2 segments"
std::string Counted(std::uint64_t number, absl::string_view one, absl::string_view many);

}  // namespace iocctl
