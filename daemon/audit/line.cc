#include "audit/line.h"

#include <sodium.h>

#include <algorithm>
#include <utility>
#include <variant>

#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "absl/time/time.h"
#include "audit/json_text.h"
#include "base/hexadecimal.h"
#include "base/limits.h"

namespace iocd::audit {
namespace {

constexpr absl::string_view kSeq = "{\"seq\":", kPrevious = ",\"previous\":\"", kAfter = "\",",
                            kHash = ",\"hash\":\"", kEnd = "\"}";
constexpr std::size_t kHashDigits = 2 * crypto_hash_sha256_BYTES;
constexpr std::size_t kTrailerBytes = kHash.size() + kHashDigits + kEnd.size();

std::string TimeText(Timestamp time) {
  return absl::FormatTime("%Y-%m-%dT%H:%M:%E3S%Ez", absl::FromUnixNanos(time.nanos),
                          absl::FixedTimeZone(7 * 60 * 60));
}

std::optional<Timestamp> ParseTimeText(absl::string_view text) {
  absl::Time time;
  std::string error;
  if (!absl::ParseTime(absl::RFC3339_full, text, &time, &error)) return std::nullopt;
  return Timestamp{absl::ToUnixNanos(time)};
}

void AppendText(absl::string_view name, absl::string_view text, std::size_t max_bytes,
                std::string* out) {
  absl::StrAppend(out, ",\"", name, "\":");
  AppendJsonText(text, max_bytes, out);
}

void AppendUnlessEmpty(absl::string_view name, absl::string_view text, std::size_t max_bytes,
                       std::string* out) {
  if (!text.empty()) AppendText(name, text, max_bytes, out);
}

/// Takes what a member of a line says; unknown ones are passed over. False: it makes no sense.
bool TakeText(absl::string_view name, absl::string_view text, Logged* logged) {
  Entry& entry = logged->entry;
  const std::pair<absl::string_view, std::string*> texts[] = {
      {"who", &entry.who},           {"from", &entry.from}, {"action", &entry.action},
      {"call", &entry.call},         {"what", &entry.what}, {"department", &entry.department},
      {"producer", &entry.producer}, {"why", &entry.why},
  };
  for (const auto& [known, member] : texts) {
    if (name == known) *member = std::string(text);
  }
  if (name == "how") {
    const auto how = FindHow(text);
    entry.how = how.value_or(How::kOpen);
    return how.has_value();
  }
  if (name == "outcome") {
    const auto outcome = FindOutcome(text);
    entry.outcome = outcome.value_or(Outcome::kDone);
    return outcome.has_value();
  }
  if (name == "since") {
    logged->since = ParseTimeText(text);
    return logged->since.has_value();
  }
  if (name != "time") return true;
  const auto time = ParseTimeText(text);
  logged->time = time.value_or(Timestamp{});
  return time.has_value();
}

void TakeNumber(absl::string_view name, std::uint64_t number, Logged* logged) {
  if (name == "times") logged->times = number;
  if (name == "missing") logged->missing = number;
}

}  // namespace

std::string NoHash() { return std::string(kHashDigits, '0'); }

std::string Sha256Of(absl::string_view bytes) {
  unsigned char hash[crypto_hash_sha256_BYTES];
  crypto_hash_sha256(hash, reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size());
  return absl::BytesToHexString({reinterpret_cast<const char*>(hash), sizeof hash});
}

bool IsHash(absl::string_view text) { return IsHexadecimal(text, kHashDigits); }

void AppendLine(const Logged& logged, Head* head, std::string* out) {
  using limits::kMaxAuditNameBytes;
  using limits::kMaxAuditSentenceBytes;
  const Entry& entry = logged.entry;
  std::string body = absl::StrCat(kSeq, ++head->seq, kPrevious, head->hash, "\"");
  AppendText("time", TimeText(logged.time), kMaxAuditNameBytes, &body);
  AppendText("action", entry.action, kMaxAuditNameBytes, &body);
  AppendText("outcome", NameOf(entry.outcome), kMaxAuditNameBytes, &body);
  AppendText("who", entry.who, kMaxAuditNameBytes, &body);
  AppendText("from", entry.from, kMaxAuditNameBytes, &body);
  AppendText("how", NameOf(entry.how), kMaxAuditNameBytes, &body);
  AppendUnlessEmpty("call", entry.call, kMaxAuditNameBytes, &body);
  AppendUnlessEmpty("department", entry.department, kMaxAuditNameBytes, &body);
  AppendUnlessEmpty("producer", entry.producer, kMaxAuditNameBytes, &body);
  AppendUnlessEmpty("what", entry.what, kMaxAuditSentenceBytes, &body);
  AppendUnlessEmpty("why", entry.why, kMaxAuditSentenceBytes, &body);
  if (logged.times > 1) absl::StrAppend(&body, ",\"times\":", logged.times);
  if (logged.since) AppendText("since", TimeText(*logged.since), kMaxAuditNameBytes, &body);
  if (logged.missing > 0) absl::StrAppend(&body, ",\"missing\":", logged.missing);
  head->hash = Sha256Of(body);
  absl::StrAppend(out, body, kHash, head->hash, kEnd, "\n");
}

std::optional<Link> ParseLink(absl::string_view line) {
  if (line.size() < kTrailerBytes) return std::nullopt;
  const absl::string_view body = line.substr(0, line.size() - kTrailerBytes);
  absl::string_view trailer = line.substr(body.size());
  if (!absl::ConsumePrefix(&trailer, kHash) || !absl::ConsumeSuffix(&trailer, kEnd) ||
      !IsHash(trailer)) {
    return std::nullopt;
  }
  absl::string_view rest = body;
  if (!absl::ConsumePrefix(&rest, kSeq)) return std::nullopt;
  const std::size_t digits = std::min(rest.find_first_not_of("0123456789"), rest.size());
  Link link;
  if (!absl::SimpleAtoi(rest.substr(0, digits), &link.seq)) return std::nullopt;
  rest.remove_prefix(digits);
  if (!absl::ConsumePrefix(&rest, kPrevious)) return std::nullopt;
  link.previous = std::string(rest.substr(0, kHashDigits));
  rest.remove_prefix(link.previous.size());
  if (!IsHash(link.previous) || !absl::StartsWith(rest, kAfter)) return std::nullopt;
  link.hash = std::string(trailer);
  link.hash_fits = Sha256Of(body) == link.hash;
  return link;
}

std::optional<Logged> ParseEntry(absl::string_view line) {
  const auto members = ParseFlatObject(line);
  if (!members) return std::nullopt;
  Logged logged;
  bool has_time = false;
  for (const auto& [name, value] : *members) {
    if (const auto* number = std::get_if<std::uint64_t>(&value)) {
      TakeNumber(name, *number, &logged);
      continue;
    }
    if (!TakeText(name, std::get<std::string>(value), &logged)) return std::nullopt;
    has_time = has_time || name == "time";
  }
  if (!has_time || logged.entry.action.empty()) return std::nullopt;
  return logged;
}

}  // namespace iocd::audit
