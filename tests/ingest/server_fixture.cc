#include "ingest/server_fixture.h"

#include "absl/strings/str_cat.h"

namespace iocd::ingest {

ServerFixture::ServerFixture() { catalogue_data_.indicators.push_back(testing::OwnedIndicator()); }

ServerFixture::~ServerFixture() {
  StopServer();
  StopEngine();
}

void ServerFixture::StartEngine() {
  engine_options_.data_directory = directory_.path();
  engine_options_.segment_bytes = 16 << 20;
  engine_ = std::make_unique<engine::Engine>(engine_options_, PosixFileSystem(),
                                             domain::Catalogue(catalogue_data_), metrics_);
  const absl::Status recovered = engine_->Recover();
  ASSERT_TRUE(recovered.ok()) << recovered;
}

void ServerFixture::StartServer() {
  if (engine_ == nullptr) StartEngine();
  ASSERT_NE(engine_, nullptr);
  clock_guard_ = std::make_unique<ClockGuard>();
  engine_->Read(
      [&](const engine::State& state) { clock_guard_->LogHolds(state.newest_arrival()); });
  ingestor_ = std::make_unique<Ingestor>(*engine_, clock_, *clock_guard_, metrics_, quotas_,
                                         recorded_, ingest_options_);
  doorkeeper_ = std::make_unique<door::Doorkeeper>(access_, clock_, recorded_, metrics_);
  service_ = std::make_unique<IngestService>(*ingestor_, *doorkeeper_, quotas_, clock_);
  backups_ = std::make_unique<Backups>(*engine_, open_ledger_, *observer_, *doorkeeper_, recorded_,
                                       "0.0.0");
  admin_service_ = std::make_unique<AdminService>(*engine_, clock_, *clock_guard_, *backups_,
                                                  reloading_, *doorkeeper_, recorded_);
  GrpcServer::Options options;
  options.address.host = "127.0.0.1";
  options.services = {service_.get(), admin_service_.get()};
  options.service_names = {ioc::v1::IngestService::service_full_name()};
  auto server = GrpcServer::Start(options);
  ASSERT_TRUE(server.ok()) << server.status();
  server_ = *std::move(server);
  stub_ = ioc::v1::IngestService::NewStub(NewChannel());
}

void ServerFixture::StopServer() {
  if (service_ != nullptr) service_->Drain();
  if (backups_ != nullptr) backups_->Drain();
  server_.reset();
}

std::shared_ptr<grpc::Channel> ServerFixture::NewChannel() const {
  grpc::ChannelArguments arguments;
  arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
  return grpc::CreateCustomChannel(absl::StrCat("127.0.0.1:", server_->port()),
                                   grpc::InsecureChannelCredentials(), arguments);
}

ioc::v1::Event ServerFixture::ValidEvent(double value) const {
  ioc::v1::Event event;
  event.set_indicator("flow");
  event.mutable_event_time()->set_seconds(clock_.Now().nanos / 1'000'000'000);
  event.set_value(value);
  return event;
}

ioc::v1::PushRequest ServerFixture::Request(std::uint64_t sequence, double value) const {
  ioc::v1::PushRequest request;
  request.set_department("a");
  request.set_producer("mot-cua");
  request.set_sequence(sequence);
  *request.add_events() = ValidEvent(value);
  return request;
}

ServerFixture::Reply ServerFixture::Push(const ioc::v1::PushRequest& request) {
  Reply reply;
  grpc::ClientContext context;
  reply.status = stub_->Push(&context, request, &reply.response);
  return reply;
}

double ServerFixture::Dropped(const std::string& reason) const {
  for (const prometheus::MetricFamily& family : metrics_.Collect(*engine_)) {
    if (family.name != "iocd_dropped_total") continue;
    for (const prometheus::ClientMetric& metric : family.metric) {
      if (metric.label.front().value == reason) return metric.counter.value;
    }
  }
  ADD_FAILURE() << "no reason " << reason;
  return 0;
}

std::optional<double> ServerFixture::FlowOfA() const {
  const auto catalogue = engine_->catalogue();
  const domain::SeriesKey key{catalogue->FindDepartment("a")->id,
                              catalogue->FindIndicator("flow")->id, domain::kNoMember};
  std::optional<double> sum;
  engine_->Read([&](const engine::State& state) {
    const domain::Series* series = state.Find(key);
    if (series == nullptr) return;
    sum = domain::Value(domain::Kind::kFlow, series->InWindow(domain::Window::k30d, clock_.Now()));
  });
  return sum;
}

}  // namespace iocd::ingest
