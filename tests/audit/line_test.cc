#include "audit/line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <iterator>
#include <string>

#include "audit/json_text.h"
#include "base/limits.h"

namespace iocd::audit {
namespace {

using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::StartsWith;

Logged AnEntry() {
  Logged logged;
  logged.time = Timestamp{1'795'682'480'250'000'000};
  logged.entry.who = "";
  logged.entry.from = "10.1.2.3";
  logged.entry.how = How::kOpen;
  logged.entry.action = kFirstPush;
  logged.entry.call = "Push";
  logged.entry.department = "stp";
  logged.entry.producer = "mot-cua";
  return logged;
}

std::string Line(const Logged& logged) {
  Head head{0, NoHash()};
  std::string line;
  AppendLine(logged, &head, &line);
  EXPECT_THAT(line, EndsWith("\n"));
  line.pop_back();
  return line;
}

std::string WrittenWhy(const std::string& why) {
  Logged logged = AnEntry();
  logged.entry.why = why;
  const auto read = ParseEntry(Line(logged));
  return read ? read->entry.why : "not read";
}

TEST(AuditLineTest, IsTheWorkedExampleOfTheDocument) {
  std::ifstream file("docs/audit.md");
  const std::string document{std::istreambuf_iterator<char>(file), {}};
  Head head{0, NoHash()};
  std::string lines;
  Logged start;
  start.time = Timestamp{1'795'682'467'120'000'000};
  start.entry.action = kStart;
  start.entry.what = "iocd 0.1.0";
  AppendLine(start, &head, &lines);
  AppendLine(AnEntry(), &head, &lines);
  EXPECT_THAT(document, HasSubstr(lines));
}

TEST(AuditLineTest, SaysTheSameWhenItIsRead) {
  Logged logged = AnEntry();
  logged.entry.who = "sở tư pháp";
  logged.entry.how = How::kCertificate;
  logged.entry.outcome = Outcome::kRefused;
  logged.entry.what = "a \"quoted\" text with a \\ in it";
  logged.entry.why = "two\nlines and a \x01 and a \x7f";
  logged.times = 7;
  logged.since = Timestamp{1'795'682'470'001'000'000};
  logged.missing = 3;
  const auto read = ParseEntry(Line(logged));
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->time, logged.time);
  EXPECT_EQ(read->since, logged.since);
  EXPECT_EQ(read->times, 7u);
  EXPECT_EQ(read->missing, 3u);
  EXPECT_EQ(read->entry.who, logged.entry.who);
  EXPECT_EQ(read->entry.from, logged.entry.from);
  EXPECT_EQ(read->entry.how, How::kCertificate);
  EXPECT_EQ(read->entry.action, kFirstPush);
  EXPECT_EQ(read->entry.call, "Push");
  EXPECT_EQ(read->entry.department, "stp");
  EXPECT_EQ(read->entry.producer, "mot-cua");
  EXPECT_EQ(read->entry.outcome, Outcome::kRefused);
  EXPECT_EQ(read->entry.what, logged.entry.what);
  EXPECT_EQ(read->entry.why, logged.entry.why);
}

TEST(AuditLineTest, StaysOneHarmlessLineWhateverATextHolds) {
  Logged logged = AnEntry();
  logged.entry.producer =
      "p\",\"hash\":\"\n\r\x1b[2J\xc2\x9b"
      "2J\xff";
  const std::string line = Line(logged);
  for (const char c : line) EXPECT_GE(static_cast<unsigned char>(c), 0x20) << line;
  EXPECT_THAT(line, HasSubstr(R"("producer":"p\",\"hash\":\"\u000a\u000d\u001b[2J\u009b2J?")"));
  EXPECT_TRUE(ParseLink(line)->hash_fits);
}

TEST(AuditLineTest, CutsLongTextsBetweenCharacters) {
  const std::string fits(limits::kMaxAuditSentenceBytes, 'x');
  EXPECT_EQ(WrittenWhy(fits), fits);
  EXPECT_EQ(WrittenWhy(fits + "y"), fits + "…");
  const std::string odd(limits::kMaxAuditSentenceBytes - 1, 'x');
  EXPECT_EQ(WrittenWhy(odd + "ở"), odd + "…");
}

TEST(AuditLineTest, IsShorterThanWhatARecoveringReaderTakes) {
  Logged logged = AnEntry();
  const std::string worst(10'000, '\x01');
  for (std::string* text :
       {&logged.entry.who, &logged.entry.from, &logged.entry.action, &logged.entry.call,
        &logged.entry.department, &logged.entry.producer, &logged.entry.what, &logged.entry.why}) {
    *text = worst;
  }
  EXPECT_LT(Line(logged).size(), 16u * 1024);
}

TEST(AuditLineTest, HasALinkThatEveryChangeBreaks) {
  const std::string line = Line(AnEntry());
  const auto link = ParseLink(line);
  ASSERT_TRUE(link.has_value());
  EXPECT_EQ(link->seq, 1u);
  EXPECT_EQ(link->previous, NoHash());
  EXPECT_TRUE(link->hash_fits);
  for (std::size_t i = 0; i < line.size(); ++i) {
    std::string changed = line;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    const auto other = ParseLink(changed);
    EXPECT_FALSE(other.has_value() && other->hash_fits) << i;
  }
}

TEST(AuditLineTest, IsNotReadOutOfWhatIsNone) {
  for (const char* text : {"", "{", "{}", "x", R"({"seq":1})", R"({"action":"start"})",
                           R"({"time":"yesterday","action":"start"})", R"({"time":5,"action":"x"})",
                           R"({"a":-1})", R"({"a":"\x"})", R"({"a":"\u12"})", R"({"a":"\ud800"})",
                           R"({"a":1.5})", R"({"a":99999999999999999999})", R"({"a":"b"x})"}) {
    EXPECT_FALSE(ParseEntry(text).has_value()) << text;
    EXPECT_FALSE(ParseLink(text).has_value()) << text;
  }
}

TEST(AuditLineTest, MayHoldMembersOfALaterVersion) {
  const auto read = ParseEntry(
      R"({"time":"2026-11-26T16:01:20.250+07:00","action":"start","later":"x","more":5})");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->entry.action, "start");
}

}  // namespace
}  // namespace iocd::audit
