#include "audit/entry.h"

namespace iocd::audit {
namespace {

constexpr How kAllHows[] = {How::kOpen, How::kCertificate, How::kToken, How::kNobody, How::kLocal};
constexpr Outcome kAllOutcomes[] = {Outcome::kDone, Outcome::kRefused, Outcome::kFailed};

}  // namespace

Entry EntryOf(const Caller& caller, absl::string_view action) {
  Entry entry;
  entry.who = caller.who;
  entry.from = caller.from;
  entry.how = caller.how;
  entry.action = std::string(action);
  entry.call = std::string(caller.call);
  return entry;
}

absl::string_view NameOf(How how) {
  switch (how) {
    case How::kOpen:
      return "open";
    case How::kCertificate:
      return "certificate";
    case How::kToken:
      return "token";
    case How::kNobody:
      return "nobody";
    case How::kLocal:
      return "local";
  }
  return "";
}

absl::string_view NameOf(Outcome outcome) {
  switch (outcome) {
    case Outcome::kDone:
      return "done";
    case Outcome::kRefused:
      return "refused";
    case Outcome::kFailed:
      return "failed";
  }
  return "";
}

std::optional<How> FindHow(absl::string_view name) {
  for (const How how : kAllHows) {
    if (NameOf(how) == name) return how;
  }
  return std::nullopt;
}

std::optional<Outcome> FindOutcome(absl::string_view name) {
  for (const Outcome outcome : kAllOutcomes) {
    if (NameOf(outcome) == name) return outcome;
  }
  return std::nullopt;
}

}  // namespace iocd::audit
