// The worked example of docs/event-log.md, byte for byte.

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "absl/strings/escaping.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_replace.h"
#include "absl/strings/str_split.h"
#include "eventlog/batch_record.h"
#include "eventlog/log_fixture.h"

namespace iocd::eventlog {
namespace {

/// The bytes of the block of lines "OFFSET  HEX HEX …  meaning".
std::string BytesInTheDocument() {
  std::ifstream file("docs/event-log.md");
  std::stringstream text;
  text << file.rdbuf();
  const std::vector<std::string> blocks = absl::StrSplit(text.str(), "```\n");
  std::string bytes;
  for (const std::string& line : std::vector<std::string>(absl::StrSplit(blocks.at(1), '\n'))) {
    if (line.empty()) continue;
    const std::vector<std::string> parts = absl::StrSplit(line, absl::MaxSplits("  ", 2));
    int offset = -1;
    EXPECT_TRUE(absl::SimpleHexAtoi(parts.at(0), &offset)) << line;
    EXPECT_EQ(offset, bytes.size()) << line;
    bytes += absl::HexStringToBytes(absl::StrReplaceAll(parts.at(1), {{" ", ""}}));
  }
  return bytes;
}

class WorkedExampleTest : public LogFixture {};

TEST_F(WorkedExampleTest, IsWhatTheLogWrites) {
  ASSERT_TRUE(Open().ok());
  ASSERT_TRUE(Append({"stttt"}).ok());

  const BatchHeader header{.arrival = Timestamp::FromSeconds(1'795'311'667),
                           .department = domain::DepartmentId{1},
                           .producer = "mot-cua",
                           .key = Sequence{1},
                           .content = HashContent("the request as sent")};
  domain::Event event;
  event.series = {domain::DepartmentId{1}, domain::IndicatorId{5}, domain::kNoMember};
  event.time = Timestamp::FromSeconds(1'795'311'660);
  event.first = 3;
  event.reference = "HS-0001";
  BatchRecordBuilder builder(header, 1);
  builder.Add(event);
  std::string group(kGroupHeaderBytes, '\0');
  group += std::move(builder).Finish({});
  ASSERT_TRUE(log_->Append(&group).ok());
  ASSERT_TRUE(log_->AppendMark().ok());

  const std::string bytes = disk_.Contents(Segment());
  EXPECT_EQ(absl::BytesToHexString(BytesInTheDocument()), absl::BytesToHexString(bytes));
}

}  // namespace
}  // namespace iocd::eventlog
