#include <map>
#include <utility>
#include <vector>

#define XXH_STATIC_LINKING_ONLY
#include <xxhash.h>

#include <iostream>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/clock.h"
#include "ioc/client/publisher.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/figures_file.h"
#include "iocctl/file_text.h"
#include "iocctl/send_report.h"
#include "iocctl/spool_put.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"
#include "tool/department_channels.h"

namespace iocctl {
namespace {

constexpr absl::Duration kGiveUpAfter = absl::Seconds(30);

/// The content names the producer and the order of the rows the sequences: the same file, sent
/// twice, is one sending.
std::string ProducerOf(const std::string& content) {
  return absl::StrFormat("import-%016x", XXH3_64bits(content.data(), content.size()));
}

using Channel = std::shared_ptr<grpc::Channel>;

absl::Status SendDepartment(const Channel& channel, const std::string& department,
                            const std::string& producer, const ImportOptions& options,
                            std::vector<Figure> figures, SendReport& report, Progress& progress) {
  ioc::client::PublisherOptions publisher_options;
  publisher_options.department = department;
  publisher_options.producer = producer;
  publisher_options.validate_only = options.dry_run;
  publisher_options.max_delay = absl::InfiniteDuration();  // batches depend on the content alone
  publisher_options.give_up_after = kGiveUpAfter;
  publisher_options.on_answer = [&](const ioc::client::Answer& answer) {
    report.AddAnswer(department, answer);
    progress.Show(report.Total().Total());
  };
  publisher_options.on_dead_letter = [&](const ioc::client::DeadLetter& letter) {
    report.AddDeadLetter(absl::StrCat(options.file, ":", figures[letter.index].line), letter);
  };
  ioc::client::Publisher publisher(channel, std::move(publisher_options));
  for (Figure& figure : figures) {
    absl::Status status = publisher.Publish(std::move(figure.event));
    if (!status.ok()) return status;
  }
  return publisher.Close();
}

int Send(const CommonOptions& common, const Channel& channel, const ImportOptions& options,
         const std::string& producer, std::vector<Figure> figures, SendReport& report) {
  Progress progress("figures answered", figures.size());
  std::map<std::string, std::vector<Figure>> by_department;
  for (Figure& figure : figures) {
    by_department[figure.department].push_back(std::move(figure));
  }
  std::vector<std::string> senders;
  for (const auto& [department, rows] : by_department) senders.push_back(department);
  const auto channels = ioc::tool::ConnectDepartments(channel, common.target, common.security,
                                                      options.certificates, senders);
  if (!channels.ok()) return Fail(kBadUsage, channels.status().message());
  for (auto& [department, rows] : by_department) {
    const absl::Status status = SendDepartment(channels->at(department), department, producer,
                                               options, std::move(rows), report, progress);
    if (!status.ok()) return Fail(kFailed, status.message());
  }
  return kDone;
}

/// A spool is of one department, whatever the rows say.
int CheckDepartments(const ImportOptions& options, const std::vector<Figure>& figures) {
  int code = kDone;
  for (const Figure& figure : figures) {
    if (figure.department == options.department) continue;
    code = Fail(kBadUsage, absl::StrCat(options.file, ":", figure.line, ": is of department '",
                                        figure.department, "', the spool of '", options.department,
                                        "'; nothing was put in"));
  }
  return code;
}

int ImportIntoSpool(const CommonOptions& common, const ImportOptions& options,
                    const std::string& name, std::vector<Figure> figures) {
  if (const int code = CheckDepartments(options, figures); code != kDone) return code;
  std::vector<ioc::v1::Event> events;
  for (Figure& figure : figures) events.push_back(std::move(figure.event));
  return PutIntoSpool(
      {.directory = options.spool, .department = options.department, .producer = options.producer},
      name, events, common.json);
}

}  // namespace

int RunImport(const CommonOptions& common, const ImportOptions& options) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  SendReport report;
  if (const absl::Status status = report.KeepRefused(options.rejected_file); !status.ok()) {
    return Fail(kBadUsage, status.message());
  }
  const auto content = ReadFile(options.file);
  if (!content.ok()) return Fail(kBadUsage, content.status().message());
  const auto catalogue = ioc::tool::DaemonQuery(common.target, *channel).Indicators();
  if (!catalogue.ok() && options.spool.empty()) {
    return Fail(kFailed, catalogue.status().message());
  }

  FiguresFile file = ReadFigures(options.file, *content, options.department,
                                 catalogue.ok() ? &*catalogue : nullptr, absl::Now());
  for (const std::string& mistake : file.mistakes) std::cerr << mistake << "\n";
  if (!file.mistakes.empty()) {
    return Fail(kBadUsage, absl::StrCat(file.mistakes.size(), " mistake(s); nothing was sent"));
  }
  if (!options.spool.empty()) {
    return ImportIntoSpool(common, options, ProducerOf(*content), std::move(file.figures));
  }
  const int code =
      Send(common, *channel, options, ProducerOf(*content), std::move(file.figures), report);
  return code == kDone ? PrintReport(report, common.json) : code;
}

}  // namespace iocctl
