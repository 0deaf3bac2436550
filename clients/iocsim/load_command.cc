#include "iocsim/load_command.h"

#include <chrono>
#include <iostream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "ioc/client/channel.h"
#include "iocsim/load_templates.h"
#include "iocsim/sender.h"
#include "iocsim/series_mix.h"
#include "iocsim/stream_load.h"
#include "iocsim/unary_load.h"
#include "tool/daemon_query.h"

namespace iocsim {
namespace {

/// Senders with names that are new for each run, spread over the departments.
/// `only`: the department of all of them; empty: in turns.
std::vector<Sender> MakeSenders(const ioc::v1::ListDepartmentsResponse& departments,
                                std::size_t count, const std::string& only) {
  const auto run = std::chrono::duration_cast<std::chrono::microseconds>(
                       std::chrono::system_clock::now().time_since_epoch())
                       .count();
  std::vector<Sender> senders;
  for (std::size_t i = 0; i < count; ++i) {
    const auto at = (static_cast<std::size_t>(run) + i) %
                    static_cast<std::size_t>(departments.departments_size());
    senders.push_back(
        {.department = only.empty() ? departments.departments(static_cast<int>(at)).code() : only,
         .producer = absl::StrFormat("load-%x-%d", run, i)});
  }
  return senders;
}

int Fail(absl::string_view message, int code = 1) {
  std::cerr << "iocsim: " << message << "\n";
  return code;
}

}  // namespace

int RunLoad(const LoadOptions& options) {
  const auto channel = ioc::client::Connect(options.target, options.security);
  if (!channel.ok()) return Fail(channel.status().message(), 2);
  const ioc::tool::DaemonQuery daemon(options.target, *channel);
  const auto indicators = daemon.Indicators();
  if (!indicators.ok()) return Fail(indicators.status().message());
  const auto departments = daemon.Departments();
  if (!departments.ok()) return Fail(departments.status().message());

  SeriesMix mix(*indicators);
  if (!mix.HasSeries() || departments->departments_size() == 0) {
    return Fail("the daemon's catalogue has no series of kind flow, ratio or duration");
  }
  LoadTemplates templates(mix, options.batch_events);
  std::cerr << "iocsim: " << mix.SeriesCount() << " series, " << options.batch_events
            << " events a batch, " << options.producers << " producer(s), " << options.seconds
            << " s\n";
  const auto run = options.unary ? RunUnaryLoad : RunStreamLoad;
  LoadResult result;
  const auto elapsed =
      run(*channel, options, MakeSenders(*departments, options.producers, options.department),
          templates, result);
  if (result.HasFailed()) std::cerr << "iocsim: a batch failed: " << result.first_failure() << "\n";
  std::cout << result.ToJson(elapsed) << std::endl;
  return result.HasFailed() ? 1 : 0;
}

}  // namespace iocsim
