#include "iocsim/departments_command.h"

#include <algorithm>
#include <csignal>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "iocsim/department_publishers.h"
#include "iocsim/feed.h"
#include "iocsim/scenario.h"
#include "tool/daemon_query.h"
#include "tool/department_channels.h"

namespace iocsim {
namespace {

// Events at the very edge of what the daemon takes would be too old by the time they arrive.
const absl::Duration kMaxBacklog = absl::Hours(30 * 24) - absl::Minutes(10);
constexpr absl::Duration kLastAnswers = absl::Seconds(10);

volatile std::sig_atomic_t g_stop = 0;

void StopOnSignals() {
  struct sigaction action = {};
  action.sa_handler = [](int) { g_stop = 1; };
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
}

int Fail(int code, absl::string_view message) {
  std::cerr << "iocsim: " << message << "\n";
  return code;
}

/// Names in the scenario that the daemon does not know are most likely typing errors.
void WarnOfUnknownNames(const Scenario& scenario, const ioc::v1::ListIndicatorsResponse& catalogue,
                        const ioc::v1::ListDepartmentsResponse& departments) {
  for (const auto& entry : scenario.indicators) {
    const std::string& code = entry.first;
    const auto& known = catalogue.indicators();
    if (std::none_of(known.begin(), known.end(), [&](const auto& i) { return i.code() == code; })) {
      std::cerr << "iocsim: the daemon has no indicator '" << code << "'; it is left out\n";
    }
  }
  for (const auto& entry : scenario.departments) {
    const std::string& code = entry.first;
    const auto& known = departments.departments();
    if (std::none_of(known.begin(), known.end(), [&](const auto& d) { return d.code() == code; })) {
      std::cerr << "iocsim: the daemon has no department '" << code << "'; it is left out\n";
    }
  }
}

/// Sends what was due by `start`, then what becomes due, until `end` or a signal.
void Send(Feed& feed, DepartmentPublishers& publishers, absl::Time end) {
  while (g_stop == 0 && publishers.totals().failed_batches == 0) {
    const absl::Time due = feed.NextSendAt();
    const absl::Time now = absl::Now();
    if (std::min(due, now) >= end) return;
    if (due > now) {
      absl::SleepFor(std::min({due - now, end - now, absl::Milliseconds(200)}));
      continue;
    }
    FeedEvent next = feed.Next();
    publishers.Publish(next.department, std::move(next.event));
  }
}

void SendBacklog(Feed& feed, DepartmentPublishers& publishers, absl::Time start) {
  while (g_stop == 0 && feed.NextSendAt() <= start && publishers.totals().failed_batches == 0) {
    FeedEvent next = feed.Next();
    publishers.Publish(next.department, std::move(next.event));
  }
  publishers.Flush(absl::Minutes(1));
}

int Report(const DepartmentPublishers& publishers) {
  const DepartmentPublishers::Totals totals = publishers.totals();
  if (totals.failed_batches > 0) return Fail(1, totals.first_failure);
  if (totals.refused > 0) {
    Fail(0, absl::StrFormat("%d events were refused, the first: %s", totals.refused,
                            totals.first_refusal));
  }
  return 0;
}

}  // namespace

int RunDepartments(const DepartmentsOptions& options) {
  absl::StatusOr<Scenario> scenario = LoadScenario(options.scenario_file);
  if (!scenario.ok()) return Fail(2, scenario.status().message());
  scenario->backlog = std::min(scenario->backlog, kMaxBacklog);

  const auto channel = ioc::client::Connect(options.target, options.security);
  if (!channel.ok()) return Fail(2, channel.status().message());
  const ioc::tool::DaemonQuery daemon(options.target, *channel);
  const auto catalogue = daemon.Indicators();
  if (!catalogue.ok()) return Fail(1, catalogue.status().message());
  const auto departments = daemon.Departments();
  if (!departments.ok()) return Fail(1, departments.status().message());
  WarnOfUnknownNames(*scenario, *catalogue, *departments);

  StopOnSignals();
  const absl::Time start = absl::Now();
  Feed feed(*scenario, *catalogue, start, options.seed);
  std::vector<std::string> codes;
  for (const auto& department : departments->departments()) codes.push_back(department.code());
  auto channels = ioc::tool::ConnectDepartments(*channel, options.target, options.security,
                                                options.certificates, codes);
  if (!channels.ok()) return Fail(2, channels.status().message());
  DepartmentPublishers publishers(*std::move(channels),
                                  absl::StrFormat("iocsim-%d", absl::ToUnixMillis(start)));
  SendBacklog(feed, publishers, start);
  if (Report(publishers) != 0) return 1;
  std::cout << absl::StrFormat(
                   "Backlog: %d events of %d departments in %s.\n", publishers.totals().accepted,
                   publishers.size(),
                   absl::FormatDuration(absl::Trunc(absl::Now() - start, absl::Milliseconds(1))))
            << std::flush;
  if (options.live_for > absl::ZeroDuration()) {
    std::cout << "Live feed; Ctrl-C ends it.\n" << std::flush;
    Send(feed, publishers, start + options.live_for);
    publishers.Flush(kLastAnswers);
  }
  return Report(publishers);
}

}  // namespace iocsim
