#pragma once

#include <cstdint>
#include <fstream>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "absl/status/status.h"
#include "ioc/client/publisher.h"

namespace iocctl {

/// Counts what became of the events of one command. Thread-safe.
class SendReport {
 public:
  struct Counts {
    std::uint64_t accepted = 0;
    std::uint64_t duplicate = 0;        // counted by an earlier sending of the same batch
    std::uint64_t already_counted = 0;  // their references had been counted, in whatever batch
    std::uint64_t refused = 0;
    std::uint64_t unknown = 0;  // no answer, or none any more: may be counted or not
    std::uint64_t Total() const {
      return accepted + duplicate + already_counted + refused + unknown;
    }
  };
  struct Refusal {
    std::string where, code, message;
  };

  /// Also appends each refused event to the file as a JSON line {"code", "message", "event"};
  /// empty: not. PermissionDenied if it cannot be opened.
  absl::Status KeepRefused(const std::string& path);

  /// `group` is what the counts are shown by: the department.
  void AddAnswer(const std::string& group, const ioc::client::Answer& answer);
  /// `where` names the place in the input for people: "figures.tsv:12".
  void AddDeadLetter(const std::string& where, const ioc::client::DeadLetter& letter);

  /// False: the file of KeepRefused() lacks some, because it could not be written.
  bool KeptAll() const;

  Counts Total() const;
  std::map<std::string, Counts> groups() const;
  /// The first ones; the file has all of them.
  std::vector<Refusal> refusals() const;

 private:
  mutable std::mutex mutex_;  // guards all
  std::map<std::string, Counts> groups_;
  std::vector<Refusal> refusals_;
  std::ofstream refused_file_;
};

/// For people: counts and refusals; with `json` one object. Returns the exit code: 1 if anything
/// was refused, or may have been.
int PrintReport(const SendReport& report, bool json);

}  // namespace iocctl
