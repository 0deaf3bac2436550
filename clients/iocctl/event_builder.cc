#include "iocctl/event_builder.h"

#include "absl/strings/str_cat.h"
#include "domain/quantity.h"
#include "iocctl/event_text.h"

namespace iocctl {
namespace {

/// The value, or 0 with a mistake.
template <typename T>
T Take(absl::string_view name, const absl::StatusOr<T>& value, std::vector<std::string>& mistakes) {
  if (value.ok()) return *value;
  mistakes.push_back(absl::StrCat(name, ": ", value.status().message()));
  return T();
}

void SetMeasure(const EventTexts& texts, absl::string_view unit, ioc::v1::Event& event,
                std::vector<std::string>& mistakes) {
  const bool parts = !texts.numerator.empty() || !texts.denominator.empty();
  if (texts.value.empty() == !parts) {
    mistakes.push_back("give either a value, or numerator and denominator");
  } else if (!parts) {
    event.set_value(Take("value", ParseValue(texts.value, unit), mistakes));
  } else if (texts.numerator.empty() || texts.denominator.empty()) {
    mistakes.push_back(texts.numerator.empty() ? "the numerator is missing"
                                               : "the denominator is missing");
  } else {
    const auto number = [&](const char* name, const std::string& text) {
      return Take(name, iocd::domain::ParseQuantity(text, ""), mistakes);
    };
    event.mutable_ratio()->set_numerator(number("numerator", texts.numerator));
    event.mutable_ratio()->set_denominator(number("denominator", texts.denominator));
  }
  if (!texts.weight.empty()) {
    event.set_weight(Take("weight", iocd::domain::ParseQuantity(texts.weight, ""), mistakes));
  }
}

}  // namespace

std::vector<std::string> BuildEvent(const EventTexts& texts, absl::string_view unit, absl::Time now,
                                    ioc::v1::Event& event) {
  std::vector<std::string> mistakes;
  event.set_indicator(texts.indicator);
  event.set_member(texts.member);
  event.set_reference(texts.reference);
  const absl::Time time = Take("time", ParseEventTime(texts.time, now), mistakes);
  const std::int64_t seconds = absl::ToUnixSeconds(time);
  event.mutable_event_time()->set_seconds(seconds);
  event.mutable_event_time()->set_nanos(
      static_cast<std::int32_t>(absl::ToInt64Nanoseconds(time - absl::FromUnixSeconds(seconds))));
  SetMeasure(texts, unit, event, mistakes);
  return mistakes;
}

}  // namespace iocctl
