#include "iocctl/log_words.h"

#include <variant>

#include "absl/strings/str_cat.h"
#include "base/timestamp.h"

namespace iocctl {
namespace {

using iocd::engine::Dictionary;
using iocd::eventlog::BatchPlace;
using iocd::eventlog::Damage;
using iocd::eventlog::DefinedThing;
using iocd::eventlog::SurveyedDamage;

std::string WhatIsDamaged(const Damage& damage) {
  switch (damage.kind) {
    case Damage::Kind::kHeader:
      return "the segment's header is damaged or missing; the file's name tells what stood there, "
             "so nothing is lost with it";
    case Damage::Kind::kUnreadable:
      return "a sound group stands there, but what is in it makes no sense";
    case Damage::Kind::kNoGroup:
      break;
  }
  if (damage.missing_bytes == 0) return "no sound group stands there";
  const std::string where = damage.at_the_end
                                ? "although all of it had been durable"
                                : "although the next segment begins only behind them; the end of "
                                  "this file, or a whole file, is missing";
  if (damage.missing_bytes == damage.size()) return absl::StrCat("the log ends there, ", where);
  return absl::StrCat("no sound group stands there, and the last ", damage.missing_bytes,
                      " bytes are not there at all, ", where);
}

google::protobuf::Struct BatchJson(const BatchPlace& batch,
                                   const iocd::engine::Dictionary& dictionary) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["position"].set_number_value(static_cast<double>(batch.position));
  fields["arrival"].set_string_value(iocd::ToLocalText(batch.header.arrival));
  fields["department"].set_string_value(CodeOf(dictionary, batch.header.department));
  fields["producer"].set_string_value(batch.header.producer);
  if (const auto* sequence = std::get_if<iocd::eventlog::Sequence>(&batch.header.key)) {
    fields["sequence"].set_number_value(static_cast<double>(*sequence));
  } else if (const auto* id = std::get_if<std::string>(&batch.header.key)) {
    fields["batch_id"].set_string_value(*id);
  }
  return object;
}

std::string CodeOf(const Dictionary& dictionary, DefinedThing thing, std::uint32_t id) {
  const auto* record = dictionary.Find(thing, id);
  return record == nullptr ? absl::StrCat("#", id) : record->code;
}

}  // namespace

std::string CodeOf(const Dictionary& dictionary, iocd::domain::DepartmentId id) {
  return CodeOf(dictionary, DefinedThing::kDepartment, static_cast<std::uint32_t>(id));
}

std::string CodeOf(const Dictionary& dictionary, iocd::domain::IndicatorId id) {
  return CodeOf(dictionary, DefinedThing::kIndicator, static_cast<std::uint32_t>(id));
}

std::string CodeOf(const Dictionary& dictionary, iocd::domain::MemberId id) {
  return CodeOf(dictionary, DefinedThing::kMember, static_cast<std::uint32_t>(id));
}

std::string BatchText(const BatchPlace& batch, const iocd::engine::Dictionary& dictionary) {
  std::string key = "without a key";
  if (const auto* sequence = std::get_if<iocd::eventlog::Sequence>(&batch.header.key)) {
    key = absl::StrCat("sequence ", *sequence);
  } else if (const auto* id = std::get_if<std::string>(&batch.header.key)) {
    key = absl::StrCat("batch id '", *id, "'");
  }
  return absl::StrCat(CodeOf(dictionary, batch.header.department), ", producer '",
                      batch.header.producer, "', ", key, ", arrived ",
                      iocd::ToLocalText(batch.header.arrival));
}

std::string DamageText(const Damage& damage) {
  return absl::StrCat(damage.path, " at byte ", damage.offset(), ", ",
                      Counted(damage.size(), "byte", "bytes"), ": ", WhatIsDamaged(damage));
}

std::string DamageLines(const SurveyedDamage& damage, const iocd::engine::Dictionary& dictionary) {
  const auto neighbour = [&](const std::optional<BatchPlace>& batch, absl::string_view none) {
    return batch ? BatchText(*batch, dictionary) : std::string(none);
  };
  std::string text = DamageText(damage.damage) + "\n";
  if (damage.damage.kind == Damage::Kind::kHeader) return text;
  absl::StrAppend(
      &text, "    last batch before it:   ", neighbour(damage.before, "none that is still there"),
      "\n", "    first batch behind it:  ", neighbour(damage.behind, "none"), "\n");
  return text;
}

google::protobuf::Struct DamageJson(const SurveyedDamage& damage,
                                    const iocd::engine::Dictionary& dictionary) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["file"].set_string_value(damage.damage.path);
  fields["byte"].set_number_value(static_cast<double>(damage.damage.offset()));
  fields["position"].set_number_value(static_cast<double>(damage.damage.begin));
  fields["bytes"].set_number_value(static_cast<double>(damage.damage.size()));
  fields["what"].set_string_value(WhatIsDamaged(damage.damage));
  if (damage.before) {
    *fields["before"].mutable_struct_value() = BatchJson(*damage.before, dictionary);
  }
  if (damage.behind) {
    *fields["behind"].mutable_struct_value() = BatchJson(*damage.behind, dictionary);
  }
  return object;
}

std::string Counted(std::uint64_t number, absl::string_view one, absl::string_view many) {
  return absl::StrCat(number, " ", number == 1 ? one : many);
}

}  // namespace iocctl
