#include <iostream>
#include <iterator>
#include <random>
#include <utility>
#include <vector>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "ioc/client/channel.h"
#include "ioc/client/dead_letter.h"
#include "ioc/client/publisher.h"
#include "ioc/client/push_once.h"
#include "iocctl/commands.h"
#include "iocctl/event_lines.h"
#include "iocctl/exit_code.h"
#include "iocctl/file_text.h"
#include "iocctl/send_report.h"
#include "iocctl/spool_put.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"

namespace iocctl {
namespace {

constexpr absl::Duration kAnswerTimeout = absl::Seconds(30);

/// An id that no other batch has, so that a repeat within this run cannot count twice.
std::string NewBatchId() {
  std::random_device entropy;
  return absl::StrFormat("%08x%08x%08x%08x", entropy(), entropy(), entropy(), entropy());
}

/// The unit of the indicator; of one that the daemon does not know, what the text looks like (the
/// daemon will say so).
absl::StatusOr<std::string> UnitOf(const ioc::tool::DaemonQuery& daemon, const EventTexts& event) {
  const auto catalogue = daemon.Indicators();
  if (!catalogue.ok()) return catalogue.status();
  for (const auto& indicator : catalogue->indicators()) {
    if (indicator.code() == event.indicator) return indicator.unit();
  }
  return absl::EndsWith(event.value, "%") ? "percent" : "";
}

ioc::client::Answer ToAnswer(const ioc::v1::PushRequest& request, ioc::client::PushResult result) {
  return {.sequence = request.sequence(),
          .batch_id = request.batch_id(),
          .events = static_cast<std::size_t>(request.events_size()),
          .status = std::move(result.status),
          .response = std::move(result.response)};
}

/// Sends the batch, and again when the daemon has said, until that would take too long.
ioc::client::PushResult PushPatiently(const std::shared_ptr<grpc::Channel>& channel,
                                      const ioc::v1::PushRequest& request) {
  const absl::Time give_up = absl::Now() + kAnswerTimeout;
  while (true) {
    ioc::client::PushResult result = ioc::client::PushOnce(channel, request, kAnswerTimeout);
    if (!result.retry_after || absl::Now() + *result.retry_after > give_up) return result;
    std::cerr << "iocctl: " << result.status.message() << "; again in "
              << absl::FormatDuration(absl::Ceil(*result.retry_after, absl::Milliseconds(100)))
              << "\n";
    absl::SleepFor(*result.retry_after);
  }
}

/// What the person is told of a batch that was refused as a whole.
std::string RefusalText(const ioc::client::PushResult& result, const std::string& target) {
  std::string text(ioc::tool::ForPeople(result.status, target).message());
  if (result.retry_after) {
    absl::StrAppend(&text, "; the same may be sent again in ",
                    absl::FormatDuration(absl::Ceil(*result.retry_after, absl::Seconds(1))));
  }
  return text;
}

int PushOneEvent(const CommonOptions& common, const std::shared_ptr<grpc::Channel>& channel,
                 const PushOptions& options, SendReport& report) {
  const auto unit = UnitOf(ioc::tool::DaemonQuery(common.target, channel), options.event);
  if (!unit.ok()) return Fail(kFailed, unit.status().message());
  ioc::v1::PushRequest request;
  request.set_department(options.department);
  request.set_producer(options.producer);
  request.set_simulated(options.simulated);
  request.set_validate_only(options.validate_only);
  if (options.sequence.has_value()) {
    request.set_sequence(*options.sequence);
  } else {
    request.set_batch_id(options.batch_id.empty() ? NewBatchId() : options.batch_id);
  }
  const auto mistakes = BuildEvent(options.event, *unit, absl::Now(), *request.add_events());
  for (const std::string& mistake : mistakes) Fail(kBadUsage, mistake);
  if (!mistakes.empty()) return kBadUsage;

  const auto result = PushPatiently(channel, request);
  for (const auto& letter : ioc::client::DeadLettersOf(request, result.status, result.response)) {
    report.AddDeadLetter("event", letter);
  }
  if (!result.status.ok()) {
    return Fail(kFailed, RefusalText(result, common.target));
  }
  report.AddAnswer(options.department, ToAnswer(request, result));
  return PrintReport(report, common.json);
}

int PushEvents(const std::shared_ptr<grpc::Channel>& channel, const PushOptions& options,
               EventLines lines, SendReport& report) {
  Progress progress("events answered", lines.events.size());
  ioc::client::PublisherOptions publisher_options;
  publisher_options.department = options.department;
  publisher_options.producer = options.producer;
  publisher_options.simulated = options.simulated;
  publisher_options.validate_only = options.validate_only;
  publisher_options.first_sequence = options.sequence.value_or(1);
  if (!options.sequence.has_value()) {
    publisher_options.batch_id_prefix = options.batch_id.empty() ? NewBatchId() : options.batch_id;
  }
  // The content alone forms the batches, so that the same file makes the same ones again.
  publisher_options.max_delay = absl::InfiniteDuration();
  publisher_options.give_up_after = kAnswerTimeout;
  publisher_options.on_answer = [&](const ioc::client::Answer& answer) {
    report.AddAnswer(options.department, answer);
    progress.Show(report.Total().Total());
  };
  publisher_options.on_dead_letter = [&](const ioc::client::DeadLetter& letter) {
    report.AddDeadLetter(absl::StrCat(options.file, ":", lines.line_of[letter.index]), letter);
  };
  publisher_options.on_failure = [&](const absl::Status& failure) {
    progress.Say(absl::StrCat("still trying: ", failure.message()));
  };
  ioc::client::Publisher publisher(channel, std::move(publisher_options));
  for (auto& event : lines.events) {
    const absl::Status status = publisher.Publish(std::move(event));
    if (!status.ok()) return Fail(kFailed, status.message());
  }
  publisher.Close().IgnoreError();  // waits without limit: batches fail by themselves
  return kDone;
}

int ReadLines(const std::string& file, EventLines& lines) {
  const absl::StatusOr<std::string> content =
      file == "-" ? std::string(std::istreambuf_iterator<char>(std::cin), {}) : ReadFile(file);
  if (!content.ok()) return Fail(kBadUsage, content.status().message());
  lines = ParseEventLines(file, *content);
  for (const std::string& mistake : lines.mistakes) Fail(kBadUsage, mistake);
  return lines.mistakes.empty() ? kDone : kBadUsage;
}

int PushFile(const CommonOptions& common, const std::shared_ptr<grpc::Channel>& channel,
             const PushOptions& options, SendReport& report) {
  EventLines lines;
  if (const int code = ReadLines(options.file, lines); code != kDone) return code;
  if (const int code = PushEvents(channel, options, std::move(lines), report); code != kDone) {
    return code;
  }
  return PrintReport(report, common.json);
}

int PushIntoSpool(const CommonOptions& common, const PushOptions& options) {
  EventLines lines;
  if (options.file.empty()) {
    // No daemon may be there to ask for the unit.
    const std::string unit = absl::EndsWith(options.event.value, "%") ? "percent" : "";
    lines.mistakes = BuildEvent(options.event, unit, absl::Now(), lines.events.emplace_back());
    for (const std::string& mistake : lines.mistakes) Fail(kBadUsage, mistake);
    if (!lines.mistakes.empty()) return kBadUsage;
  } else if (const int code = ReadLines(options.file, lines); code != kDone) {
    return code;
  }
  return PutIntoSpool(
      {.directory = options.spool, .department = options.department, .producer = options.producer},
      /*name=*/"", lines.events, common.json);
}

}  // namespace

int RunPush(const CommonOptions& common, const PushOptions& options) {
  if (!options.spool.empty()) return PushIntoSpool(common, options);
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  SendReport report;
  if (const absl::Status status = report.KeepRefused(options.rejected_file); !status.ok()) {
    return Fail(kBadUsage, status.message());
  }
  return options.file.empty() ? PushOneEvent(common, *channel, options, report)
                              : PushFile(common, *channel, options, report);
}

}  // namespace iocctl
