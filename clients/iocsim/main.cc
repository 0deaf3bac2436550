#include <CLI/CLI.hpp>
#include <iostream>
#include <string>

#include "absl/time/time.h"
#include "iocsim/catalogue_writer.h"
#include "iocsim/departments_command.h"
#include "iocsim/load_command.h"
#include "tool/connection_flags.h"
#include "tool/quiet_grpc.h"

namespace {

constexpr int kBadUsage = 2;
constexpr char kDefaultTarget[] = "127.0.0.1:7443";

struct Options {
  iocsim::DepartmentsOptions departments;
  std::string live_for;
  bool once = false;
  iocsim::LoadOptions load;
  std::string out;
  int department_count = 0, indicator_count = 0;
};

CLI::App* AddDepartments(CLI::App& app, Options& options) {
  CLI::App* command = app.add_subcommand("departments", "A lifelike feed of every department");
  ioc::tool::AddConnectionFlags(*command, options.departments.target, options.departments.security);
  command->add_option("--scenario", options.departments.scenario_file, "YAML file: what is sent")
      ->required();
  command->add_option("--seed", options.departments.seed, "Same seed, same values")
      ->capture_default_str();
  command->add_option("--certificates", options.departments.certificates,
                      "Directory with department-CODE.crt and .key: each shows its own");
  auto* once = command->add_flag("--once", options.once, "The backlog alone, no live feed");
  command->add_option("--for", options.live_for, "Length of the live feed, e.g. 30s")
      ->excludes(once);
  return command;
}

CLI::App* AddCatalogue(CLI::App& app, Options& options) {
  constexpr int kMost = 1'000'000;
  CLI::App* command = app.add_subcommand("catalogue", "Writes a configuration of any size");
  command->add_option("--departments", options.department_count, "How many")
      ->required()
      ->check(CLI::Range(1, kMost));
  command->add_option("--indicators", options.indicator_count, "How many")
      ->required()
      ->check(CLI::Range(1, kMost));
  command->add_option("--out", options.out, "Directory for the files")->required();
  return command;
}

CLI::App* AddLoad(CLI::App& app, Options& options) {
  CLI::App* command = app.add_subcommand(
      "load", "Measures throughput and latency; the last line is one JSON object");
  iocsim::LoadOptions& load = options.load;
  ioc::tool::AddConnectionFlags(*command, load.target, load.security);
  command->add_option("--batch", load.batch_events, "Events in a batch")
      ->check(CLI::Range(1, 10'000))
      ->capture_default_str();
  command->add_option("--seconds", load.seconds, "How long to send")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  command->add_option("--producers", load.producers, "Producers, each with a stream of its own")
      ->check(CLI::Range(1, 1'000))
      ->capture_default_str();
  command->add_option("--department", load.department,
                      "Code of the department that sends; else producers have different ones");
  command->add_option("--in-flight", load.in_flight, "Batches or calls without an answer, in all")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  command
      ->add_option("--rate", load.events_per_second,
                   "Events per second at fixed times; 0: as fast as the daemon answers")
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  command->add_flag("--unary", load.unary, "Push instead of PushStream; one event a call");
  return command;
}

int BadUsage(const std::string& message) {
  std::cerr << "iocsim: " << message << "\n";
  return kBadUsage;
}

int RunDepartments(Options& options) {
  if (options.once) options.departments.live_for = absl::ZeroDuration();
  if (!options.live_for.empty() &&
      !absl::ParseDuration(options.live_for, &options.departments.live_for)) {
    return BadUsage("--for: '" + options.live_for + "' is no duration like 30s, 10m, 2h");
  }
  return iocsim::RunDepartments(options.departments);
}

int RunCatalogue(const Options& options) {
  const absl::Status status =
      iocsim::WriteCatalogue(options.out, options.department_count, options.indicator_count);
  if (!status.ok()) {
    std::cerr << "iocsim: " << status.message() << "\n";
    return 1;
  }
  std::cout << options.out << "/iocd.yaml: " << options.department_count << " departments, "
            << options.indicator_count << " indicators\n";
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  ioc::tool::KeepGrpcQuiet();
  CLI::App app("Sends made-up events, all marked simulated, to a daemon that runs with --demo",
               "iocsim");
  app.require_subcommand(1);
  Options options;
  options.departments.target = options.load.target = kDefaultTarget;
  CLI::App* departments = AddDepartments(app, options);
  CLI::App* catalogue = AddCatalogue(app, options);
  CLI::App* load = AddLoad(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : kBadUsage;
  }
  if (*departments) return RunDepartments(options);
  if (*catalogue) return RunCatalogue(options);
  if (options.load.unary && load->count("--batch") == 0) options.load.batch_events = 1;
  return iocsim::RunLoad(options.load);
}
