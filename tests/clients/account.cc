#include "account.h"

#include <gtest/gtest.h>

#include <chrono>
#include <set>

#include "absl/strings/str_cat.h"
#include "ioc/client/publisher.h"
#include "ioc/client/resume.h"
#include "ioc/v1/query.grpc.pb.h"
#include "numbered_batches.h"

namespace ioc::client {

std::ostream& operator<<(std::ostream& out, const Figures& figures) {
  return out << figures.events << " events with the sum "
             << static_cast<std::uint64_t>(figures.sum);
}

Figures Account::Counted(const std::shared_ptr<grpc::Channel>& channel) const {
  const auto stub = v1::QueryService::NewStub(channel);
  const auto patience = std::chrono::system_clock::now() + std::chrono::minutes(1);
  v1::GetSeriesRequest request;
  request.set_department(department);
  request.set_indicator(indicator);
  v1::GetSeriesResponse response;
  grpc::Status status;
  // The channel may not have noticed yet that the daemon before this one is gone.
  do {
    grpc::ClientContext context;
    context.set_wait_for_ready(true);
    context.set_deadline(patience);
    status = stub->GetSeries(&context, request, &response);
  } while (status.error_code() == grpc::StatusCode::UNAVAILABLE);
  EXPECT_TRUE(status.ok()) << status.error_message();
  for (const v1::WindowValue& value : response.windows()) {
    if (value.window() == "30d") return {value.events(), value.value()};
  }
  return {};
}

Figures Account::WorthOf(std::uint64_t batches) const {
  Figures worth;
  std::set<std::string> counted_once;
  for (std::uint64_t number = 1; number <= batches; ++number) {
    const v1::PushRequest request = batch(number);
    for (const v1::Event& event : request.events()) {
      if (event.indicator() != indicator) continue;  // one that is refused
      if (indicator == kCountedOnce && !counted_once.insert(event.reference()).second) continue;
      ++worth.events;
      worth.sum += event.value();
    }
  }
  return worth;
}

void Account::ExpectExact(const std::shared_ptr<grpc::Channel>& channel,
                          std::uint64_t batches) const {
  EXPECT_EQ(Counted(channel), WorthOf(batches)) << department;
  if (!batch(1).has_sequence()) return;
  const auto standing = Resume(channel, department, kProducer, absl::Seconds(60));
  ASSERT_TRUE(standing.ok()) << standing.status();
  EXPECT_EQ(standing->last_sequence(), batches) << department;
  EXPECT_EQ(standing->gaps_size(), 0) << department << ": " << standing->ShortDebugString();
  EXPECT_EQ(standing->closed_through(), 0u) << department;
}

void Account::ExpectDuplicates(const std::string& target, std::uint64_t batches) const {
  std::uint64_t answered = 0, wrong = 0;
  std::string first_wrong;
  PublisherOptions options;
  options.on_answer = [&](const Answer& answer) {
    ++answered;
    if (answer.status.ok() && answer.response.duplicate()) return;
    if (wrong++ == 0) {
      first_wrong = absl::StrCat("batch ", answered, ": ", answer.status.ToString(), " ",
                                 answer.response.ShortDebugString());
    }
  };
  Publisher publisher(target, options);
  for (std::uint64_t number = 1; number <= batches; ++number) {
    ASSERT_TRUE(publisher.PublishBatch(batch(number)).ok());
  }
  EXPECT_TRUE(publisher.Close(absl::Seconds(60)).ok());
  EXPECT_EQ(answered, batches) << department;
  EXPECT_EQ(wrong, 0u) << department << " " << first_wrong;
}

}  // namespace ioc::client
