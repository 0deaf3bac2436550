#include "iocctl/log_dump_line.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <variant>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_format.h"
#include "absl/time/time.h"
#include "domain/event.h"
#include "iocctl/log_words.h"

namespace iocctl {
namespace {

using iocd::domain::Event;
using iocd::domain::Kind;
using iocd::engine::Dictionary;
using iocd::eventlog::BatchHeader;
using iocd::eventlog::BatchRecord;
using iocd::eventlog::DefinedThing;
using iocd::eventlog::DefineRecord;

/// A JSON object that grows field by field.
class Object {
 public:
  explicit Object(std::string* out) : out_(*out) { out_ += '{'; }

  /// Writes the name; the value is for the caller.
  std::string& Field(absl::string_view name) {
    absl::StrAppend(&out_, first_ ? "\"" : ",\"", name, "\":");
    first_ = false;
    return out_;
  }
  void Number(absl::string_view name, std::uint64_t value) { absl::StrAppend(&Field(name), value); }
  void Number(absl::string_view name, double value) {
    char digits[32];  // the shortest that reads back as the same double has 24 at most
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    Field(name).append(digits, end.ptr);
  }
  void Bool(absl::string_view name, bool value) { Field(name) += value ? "true" : "false"; }
  void Text(absl::string_view name, absl::string_view value);
  void Time(absl::string_view name, iocd::Timestamp time);
  void End() { out_ += '}'; }

 private:
  std::string& out_;
  bool first_ = true;
};

void Object::Text(absl::string_view name, absl::string_view value) {
  std::string& out = Field(name);
  out += '"';
  for (const char c : value) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      absl::StrAppendFormat(&out, "\\u%04x", static_cast<unsigned char>(c));
    } else {
      out += c;
    }
  }
  out += '"';
}

/// RFC 3339 in the zone of the province, with as many digits as there are.
void Object::Time(absl::string_view name, iocd::Timestamp time) {
  Text(name, absl::FormatTime("%Y-%m-%dT%H:%M:%E*S%Ez", absl::FromUnixNanos(time.nanos),
                              absl::FixedTimeZone(7 * 60 * 60)));
}

/// The numbers under the names that the event had when it was sent.
void AppendMeasure(const Event& event, std::optional<Kind> kind, Object* object) {
  if (event.has_second && kind != Kind::kScore) {
    Object ratio(&object->Field("ratio"));
    ratio.Number("numerator", event.first);
    ratio.Number("denominator", event.second);
    ratio.End();
    return;
  }
  object->Number("value", event.first);
  if (event.has_second) object->Number("weight", event.second);
}

void AppendEvent(const Event& event, const Dictionary& dictionary, std::string* out) {
  Object object(out);
  object.Text("indicator", CodeOf(dictionary, event.series.indicator));
  object.Text("department", CodeOf(dictionary, event.series.department));
  if (event.series.member != iocd::domain::kNoMember) {
    object.Text("member", CodeOf(dictionary, event.series.member));
  }
  object.Time("event_time", event.time);
  AppendMeasure(event, dictionary.KindOf(event.series.indicator), &object);
  if (!event.reference.empty()) object.Text("reference", event.reference);
  object.Bool("counted", !event.already_counted);
  object.End();
}

void AppendHeader(const BatchHeader& header, const Dictionary& dictionary, Object* object) {
  object->Time("arrival", header.arrival);
  object->Text("department", CodeOf(dictionary, header.department));
  object->Text("producer", header.producer);
  if (const auto* sequence = std::get_if<iocd::eventlog::Sequence>(&header.key)) {
    object->Number("sequence", *sequence);
  } else if (const auto* id = std::get_if<std::string>(&header.key)) {
    object->Text("batch_id", *id);
  }
  object->Bool("simulated", header.simulated);
}

void AppendRefusals(const BatchRecord& batch, Object* object) {
  std::string& out = object->Field("refusals");
  out += '[';
  bool first = true;
  const auto refusals = batch.Refusals();
  for (const iocd::domain::Refusal& refusal : *refusals) {
    if (!first) out += ',';
    first = false;
    Object one(&out);
    one.Number("index", std::uint64_t{refusal.index});
    one.Text("code", iocd::domain::RefusalCodeName(refusal.code));
    one.Text("message", refusal.message);
    one.End();
  }
  out += ']';
}

absl::string_view ThingName(DefinedThing thing) {
  if (thing == DefinedThing::kDepartment) return "department";
  return thing == DefinedThing::kIndicator ? "indicator" : "member";
}

}  // namespace

std::string DefineLine(const DefineRecord& record, std::uint64_t position) {
  std::string line;
  Object object(&line);
  object.Text("kind", "define");
  object.Number("position", position);
  object.Text("thing", ThingName(record.thing));
  object.Number("id", std::uint64_t{record.id});
  object.Text("code", record.code);
  if (record.thing == DefinedThing::kIndicator) {
    object.Text("indicator_kind", iocd::domain::KindName(record.kind));
    if (std::isfinite(record.minimum)) object.Number("minimum", record.minimum);
    if (std::isfinite(record.maximum)) object.Number("maximum", record.maximum);
  }
  object.End();
  return line;
}

std::string LostLine(std::uint64_t bytes, std::uint64_t position) {
  std::string line;
  Object object(&line);
  object.Text("kind", "lost");
  object.Number("position", position);
  object.Number("bytes", bytes);
  object.End();
  return line;
}

std::string BatchLine(const BatchRecord& batch, std::uint64_t position,
                      const Dictionary& dictionary, const LogFilter& filter) {
  const BatchHeader& header = batch.header();
  if (!filter.TakesBatch(header)) return "";
  std::string line;
  Object object(&line);
  object.Text("kind", "batch");
  object.Number("position", position);
  AppendHeader(header, dictionary, &object);
  object.Number("event_count", std::uint64_t{batch.event_count()});
  object.Field("events") += '[';
  bool any = false;
  batch.ForEachEvent([&](const Event& event) {
    if (!filter.TakesEvent(header, event)) return;
    if (any) line += ',';
    any = true;
    AppendEvent(event, dictionary, &line);
  });
  if (!any && !filter.TakesWithoutEvents(header)) return "";
  line += ']';
  if (!filter.ChoosesEvents()) AppendRefusals(batch, &object);
  object.End();
  return line;
}

}  // namespace iocctl
