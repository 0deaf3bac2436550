#include "iocsim/scenario.h"

#include <algorithm>

namespace iocsim {
namespace {

template <typename T>
void Override(std::optional<T>& value, const std::optional<T>& other) {
  if (other.has_value()) value = other;
}

void Override(Course& course, const Course& other) {
  Override(course.rate_per_hour, other.rate_per_hour);
  Override(course.every, other.every);
  Override(course.as_of, other.as_of);
  Override(course.value, other.value);
  Override(course.spread, other.spread);
  Override(course.share, other.share);
  Override(course.denominator, other.denominator);
  Override(course.weight, other.weight);
}

}  // namespace

Course IndicatorCourse::Of(const std::string& department, const std::string& member) const {
  Course course = general;
  if (const auto own = departments.find(department); own != departments.end()) {
    Override(course, own->second);
  }
  if (const auto own = members.find(member); own != members.end()) Override(course, own->second);
  return course;
}

double Scenario::RateFactor(absl::Time time) const {
  const absl::CivilSecond local = absl::ToCivilSecond(time, absl::FixedTimeZone(7 * 3'600));
  const absl::Duration of_day = absl::Hours(local.hour()) + absl::Minutes(local.minute());
  const auto day = static_cast<std::size_t>(absl::GetWeekday(absl::CivilDay(local)));
  const bool working = work_days[day] && of_day >= work_from && of_day < work_to;
  return speed * daily_shape[static_cast<std::size_t>(local.hour())] * (working ? 1 : outside);
}

double Scenario::MaxRateFactor() const {
  return speed * std::max(1.0, outside) * *std::max_element(daily_shape.begin(), daily_shape.end());
}

}  // namespace iocsim
