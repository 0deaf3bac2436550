#include "engine/random_calls.h"

#include <algorithm>

namespace iocd::testing {
namespace {

constexpr std::size_t kProducers = 80;
constexpr std::uint64_t kJump = 1'000'000;

std::string NameOf(std::size_t number) { return "p" + std::to_string(number); }

}  // namespace

std::string RandomCalls::Producer() {
  // The cube: a quarter is of the first name, each of the last sends once in 240 calls.
  const double share = static_cast<double>(Below(1 << 20)) / (1 << 20);
  return NameOf(static_cast<std::size_t>(kProducers * share * share * share));
}

SentCall RandomCalls::Next(const SequenceModel& model) {
  SentCall call;
  call.producer = Producer();
  const std::size_t number = std::stoul(call.producer.substr(1));
  Fill(&call);
  if (OneIn(10)) return WithBatchId(std::move(call));
  if (OneIn(200)) return call;
  call.sequence = Sequence(number, model, call.producer);
  sent_[call.producer].push_back(call.sequence);
  return call;
}

std::uint64_t RandomCalls::Sequence(std::size_t number, const SequenceModel& model,
                                    const std::string& name) {
  const std::vector<std::uint64_t>& sent = sent_[name];
  const std::uint64_t highest = model.Highest(name);
  const std::uint64_t closed = model.ClosedThrough(name);
  const auto back = [&](std::uint64_t most) {
    return std::max<std::uint64_t>(1, highest - std::min(highest, Below(most)));
  };
  const bool leaves_gaps = number % 3 == 1;
  switch (Below(40)) {
    case 0:  // as far as it may jump, or a little further
      return OneIn(20) ? highest + kJump : highest + kJump + 1 + Below(5);
    case 1:
      return highest + 2 + Below(5);
    case 2:
    case 3:  // a repeat, or late into a gap
      return back(20);
    case 4:
    case 5:
      return back(6'000);
    case 6:  // long ago: its answer is forgotten, or it lies below a closed gap
    case 7:
      return sent.empty() ? 1 : sent[Below(sent.size())];
    case 8:
      return 1 + Below(std::max<std::uint64_t>(1, highest));
    case 9:  // around the oldest gap
      return closed + 1 + Below(30);
    case 10:
      return std::max<std::uint64_t>(1, closed - std::min(closed, Below(30)));
    case 11:
      return OneIn(10) ? ~std::uint64_t{0} - Below(3) : highest + 1;
    default:
      return highest + (leaves_gaps && !OneIn(8) ? 2 : 1);
  }
}

SentCall RandomCalls::WithBatchId(SentCall call) {
  if (batch_ids_.empty() || !OneIn(3)) {
    batch_ids_.push_back("id-" + std::to_string(batch_ids_.size()));
    call.batch_id = batch_ids_.back();
  } else {
    // Mostly recent ones; the owner is chosen anew, so some belong to another producer.
    const std::uint64_t reach = OneIn(2) ? 50 : batch_ids_.size();
    call.batch_id = batch_ids_[batch_ids_.size() - 1 -
                               Below(std::min<std::uint64_t>(reach, batch_ids_.size()))];
  }
  call.producer = NameOf(std::hash<std::string>{}(call.batch_id) % 5 + Below(20) / 19);
  return call;
}

void RandomCalls::Fill(SentCall* call) {
  call->content = OneIn(20) ? 2 : 1;
  call->answer = static_cast<int>(Below(6));
  call->validate_only = OneIn(25);
}

SentCall RandomCalls::Again(const SentCall& call) {
  SentCall again = call;
  Fill(&again);
  if (!OneIn(4)) again.content = call.content;
  return again;
}

std::vector<SentCall> RandomCalls::NewNames(std::size_t count) {
  std::vector<SentCall> calls(count);
  for (SentCall& call : calls) {
    Fill(&call);
    call.producer = "new " + std::to_string(names_++);
    call.sequence = 1 + Below(3);
  }
  return calls;
}

}  // namespace iocd::testing
