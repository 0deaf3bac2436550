// Decodes whatever a sender may send as a batch. Protobuf's own reader says which bytes are one;
// what is taken makes a record that replay reads.

#include <cstdint>
#include <string>

#include "eventlog/record.h"
#include "fuzz/require.h"
#include "ioc/v1/ingest.pb.h"
#include "support/test_catalogue.h"
#include "wire/decode_push.h"
#include "wire/push_request_view.h"

namespace iocd::fuzz {
namespace {

/// The test catalogue with ids, as the engine gives them.
const domain::Catalogue& Catalogue() {
  static const domain::Catalogue& catalogue = *new domain::Catalogue([] {
    domain::CatalogueData data = iocd::testing::TestCatalogueData();
    std::uint32_t id = 0;
    for (domain::Department& department : data.departments) {
      department.id = domain::DepartmentId{++id};
    }
    id = 0;
    for (domain::Indicator& indicator : data.indicators) {
      indicator.id = domain::IndicatorId{++id};
    }
    id = 0;
    for (domain::Member& member : data.member_sets[0].members) {
      member.id = domain::MemberId{++id};
    }
    return data;
  }());
  return catalogue;
}

void RequireReadable(const engine::Batch& batch) {
  absl::string_view bytes(batch.record);
  const auto raw = eventlog::TakeRecord(&bytes);
  Require(raw && bytes.empty(), "the record has its frame");
  const auto record = eventlog::BatchRecord::Parse(raw->body);
  Require(record.ok(), "replay reads the record");
  std::uint32_t events = 0;
  Require(record->ForEachEvent([&](const domain::Event&) { ++events; }), "it reads each event");
  Require(events == batch.accepted, "each accepted event stands in the record");
  const auto refusals = record->Refusals();
  Require(refusals.ok() && *refusals == batch.refusals, "each refusal stands in the record");
  Require(record->header().key == batch.key, "the key stands in the record");
}

void RequireAgreement(absl::string_view bytes) {
  const auto view = wire::PushRequestView::Parse(bytes);
  const bool ours =
      view.ok() && view->ForEachEvent([](std::uint32_t, const domain::RawEvent&) {}).ok();
  ioc::v1::PushRequest request;
  Require(request.ParseFromArray(bytes.data(), static_cast<int>(bytes.size())) == ours,
          "Protobuf takes the same bytes");
}

}  // namespace
}  // namespace iocd::fuzz

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace iocd::fuzz;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  RequireAgreement(bytes);
  iocd::wire::PushHead head;
  const auto batch = iocd::wire::DecodePush(
      bytes, {Catalogue(), iocd::Timestamp::FromSeconds(1'700'000'000), /*demo=*/true}, &head);
  if (batch.ok()) {
    RequireReadable(*batch);
  } else {
    RequireSentence(batch.status());
  }
  return 0;
}
