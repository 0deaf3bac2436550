#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "domain/civil_date.h"
#include "domain/quantity.h"
#include "iocsim/scenario.h"

namespace iocsim {
namespace {

using Handler = std::function<void(const YAML::Node&)>;

/// Walks the document and collects mistakes with their places.
class Reader {
 public:
  explicit Reader(std::string path) : path_(std::move(path)) {}

  absl::StatusOr<Scenario> Read() {
    try {
      ReadRoot(YAML::LoadFile(path_));
    } catch (const YAML::BadFile&) {
      return absl::InvalidArgumentError(absl::StrCat(path_, ": cannot be read"));
    } catch (const YAML::Exception& error) {
      AddMistake(error.mark, error.msg);
    }
    if (!mistakes_.empty()) return absl::InvalidArgumentError(absl::StrJoin(mistakes_, "\n"));
    return std::move(scenario_);
  }

 private:
  void AddMistake(const YAML::Mark& mark, const std::string& message) {
    mistakes_.push_back(absl::StrCat(path_, ":", mark.line + 1, ": ", message));
  }

  /// Calls the handler of each key; keys without one are mistakes.
  void ReadMap(const YAML::Node& node, const std::map<std::string, Handler>& handlers) {
    ForEach(node, [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
      const auto handler = handlers.find(key);
      if (handler != handlers.end()) return handler->second(value);
      AddMistake(
          key_node.Mark(),
          absl::StrCat("unknown key '", key, "'; allowed: ",
                       absl::StrJoin(handlers, ", ", [](std::string* out, const auto& entry) {
                         out->append(entry.first);
                       })));
    });
  }

  template <typename Function>
  void ForEach(const YAML::Node& node, Function function) {
    if (!node.IsMap()) return AddMistake(node.Mark(), "expected 'key: value' entries");
    for (const auto& entry : node) {
      function(entry.first.Scalar(), entry.first, entry.second);
    }
  }

  void ReadRoot(const YAML::Node& root) {
    ReadMap(root, {{"speed", [this](const auto& n) { SetQuantity(n, scenario_.speed); }},
                   {"backlog", [this](const auto& n) { SetDuration(n, scenario_.backlog); }},
                   {"working_hours", [this](const auto& n) { ReadWorkingHours(n); }},
                   {"daily_shape", [this](const auto& n) { ReadDailyShape(n); }},
                   {"departments", [this](const auto& n) { ReadDepartments(n); }},
                   {"indicators", [this](const auto& n) { ReadIndicators(n); }}});
  }

  void ReadWorkingHours(const YAML::Node& node) {
    ReadMap(node, {{"from", [this](const auto& n) { SetTimeOfDay(n, scenario_.work_from); }},
                   {"to", [this](const auto& n) { SetTimeOfDay(n, scenario_.work_to); }},
                   {"days", [this](const auto& n) { ReadDays(n); }},
                   {"outside", [this](const auto& n) { SetQuantity(n, scenario_.outside); }}});
  }

  void ReadDays(const YAML::Node& node) {
    static constexpr std::array<const char*, 7> kDays = {"mon", "tue", "wed", "thu",
                                                         "fri", "sat", "sun"};
    scenario_.work_days.fill(false);
    for (const YAML::Node& day : node) {
      const auto found = std::find(kDays.begin(), kDays.end(), day.Scalar());
      if (found == kDays.end()) {
        AddMistake(day.Mark(), absl::StrCat("'", day.Scalar(),
                                            "' is no day; allowed: ", absl::StrJoin(kDays, ", ")));
      } else {
        scenario_.work_days[static_cast<std::size_t>(found - kDays.begin())] = true;
      }
    }
  }

  void ReadDailyShape(const YAML::Node& node) {
    ForEach(node, [&](const std::string& key, const YAML::Node& key_node, const YAML::Node& value) {
      int hour = 0;
      if (!absl::SimpleAtoi(key, &hour) || hour < 0 || hour > 23) {
        return AddMistake(key_node.Mark(), absl::StrCat("'", key, "' is no hour from 0 to 23"));
      }
      SetQuantity(value, scenario_.daily_shape[static_cast<std::size_t>(hour)]);
    });
  }

  void ReadDepartments(const YAML::Node& node) {
    ForEach(node, [&](const std::string& code, const YAML::Node&, const YAML::Node& value) {
      DepartmentBehaviour& behaviour = scenario_.departments[code];
      ReadMap(value, {{"silent", [&](const auto& n) { SetBool(n, behaviour.silent); }},
                      {"late_by", [&](const auto& n) { SetDuration(n, behaviour.late_by); }}});
    });
  }

  void ReadIndicators(const YAML::Node& node) {
    ForEach(node, [&](const std::string& code, const YAML::Node&, const YAML::Node& value) {
      IndicatorCourse& course = scenario_.indicators[code];
      auto handlers = CourseHandlers(course.general);
      handlers["departments"] = [&](const auto& n) { ReadCourses(n, course.departments); };
      handlers["members"] = [&](const auto& n) { ReadCourses(n, course.members); };
      ReadMap(value, handlers);
    });
  }

  void ReadCourses(const YAML::Node& node, std::map<std::string, Course>& courses) {
    ForEach(node, [&](const std::string& code, const YAML::Node&, const YAML::Node& value) {
      ReadMap(value, CourseHandlers(courses[code]));
    });
  }

  std::map<std::string, Handler> CourseHandlers(Course& course) {
    return {
        {"rate_per_hour", [&](const auto& n) { SetQuantity(n, course.rate_per_hour.emplace()); }},
        {"every", [&](const auto& n) { SetDuration(n, course.every.emplace()); }},
        {"as_of", [&](const auto& n) { SetDate(n, course.as_of.emplace()); }},
        {"value", [&](const auto& n) { SetQuantity(n, course.value.emplace()); }},
        {"spread", [&](const auto& n) { SetQuantity(n, course.spread.emplace()); }},
        {"share", [&](const auto& n) { SetQuantity(n, course.share.emplace()); }},
        {"denominator", [&](const auto& n) { SetQuantity(n, course.denominator.emplace()); }},
        {"weight", [&](const auto& n) { SetQuantity(n, course.weight.emplace()); }}};
  }

  /// "47.82%" or a plain number.
  void SetQuantity(const YAML::Node& node, double& out) {
    const std::string text = node.IsScalar() ? node.Scalar() : "";
    const auto value = iocd::domain::ParseQuantity(
        text, absl::EndsWith(text, "%") ? iocd::domain::kPercentUnit : "");
    if (!value.ok()) return AddMistake(node.Mark(), std::string(value.status().message()));
    out = *value;
  }

  void SetDuration(const YAML::Node& node, absl::Duration& out) {
    absl::string_view text = node.Scalar();
    double days = 0;
    if (absl::EndsWith(text, "d") && absl::SimpleAtod(text.substr(0, text.size() - 1), &days)) {
      out = absl::Hours(24) * days;
    } else if (!absl::ParseDuration(text, &out)) {
      return AddMistake(node.Mark(),
                        absl::StrCat("'", text, "' is no duration like 90s, 10m, 2h, 1d"));
    }
    if (out < absl::ZeroDuration()) AddMistake(node.Mark(), "a duration cannot be negative");
  }

  void SetTimeOfDay(const YAML::Node& node, absl::Duration& out) {
    int hour = 0, minute = 0;
    char rest = 0;
    if (std::sscanf(node.Scalar().c_str(), "%2d:%2d%c", &hour, &minute, &rest) != 2 || hour < 0 ||
        hour > 24 || minute < 0 || minute > 59) {
      return AddMistake(node.Mark(),
                        absl::StrCat("'", node.Scalar(), "' is no time like \"07:30\""));
    }
    out = absl::Hours(hour) + absl::Minutes(minute);
  }

  void SetDate(const YAML::Node& node, absl::Time& out) {
    const auto date = iocd::domain::ParseDateOrYearEnd(node.Scalar());
    if (!date.has_value()) {
      return AddMistake(node.Mark(),
                        absl::StrCat("'", node.Scalar(), "' is no date like 2025 or 2025-06-30"));
    }
    out = absl::FromUnixNanos(date->Start().nanos);
  }

  void SetBool(const YAML::Node& node, bool& out) {
    if (!YAML::convert<bool>::decode(node, out)) {
      AddMistake(node.Mark(), absl::StrCat("'", node.Scalar(), "' is neither true nor false"));
    }
  }

  const std::string path_;
  Scenario scenario_;
  std::vector<std::string> mistakes_;
};

}  // namespace

absl::StatusOr<Scenario> LoadScenario(const std::string& path) { return Reader(path).Read(); }

}  // namespace iocsim
