// What stands beside the services: health, reflection, the port.
#include "ingest/grpc_server.h"

#include <gmock/gmock.h>
#include <grpcpp/generic/generic_stub.h>
#include <gtest/gtest.h>

#include <future>
#include <string>

#include "ingest/byte_buffer.h"
#include "ingest/server_fixture.h"

namespace iocd::ingest {
namespace {

using ::testing::HasSubstr;

grpc::ByteBuffer Bytes(const std::string& bytes) {
  const grpc::Slice slice(bytes);
  return {&slice, 1};
}

class GrpcServerTest : public ServerFixture {
 protected:
  void SetUp() override { StartServer(); }

  // grpc.health.v1: HealthCheckRequest.service is field 1, HealthCheckResponse.status field 1 with
  // SERVING = 1 and NOT_SERVING = 2.
  static constexpr char kServing[] = "\x08\x01";
  static constexpr char kNotServing[] = "\x08\x02";

  std::string Health(const std::string& service) {
    grpc::GenericStub stub(NewChannel());
    grpc::ClientContext context;
    const grpc::ByteBuffer request = Bytes(
        service.empty() ? "" : "\x0A" + std::string{static_cast<char>(service.size())} + service);
    grpc::ByteBuffer response;
    std::promise<grpc::Status> done;
    stub.UnaryCall(&context, "/grpc.health.v1.Health/Check", grpc::StubOptions(), &request,
                   &response, [&](grpc::Status status) { done.set_value(std::move(status)); });
    const grpc::Status status = done.get_future().get();
    if (!status.ok()) return status.error_message();
    const FlatBytes flat(response);
    return std::string(flat.view());
  }
};

TEST_F(GrpcServerTest, HealthSaysNotServingUntilTold) {
  for (const std::string service : {"", "ioc.v1.IngestService"}) {
    EXPECT_EQ(Health(service), kNotServing) << service;
  }
  server_->SetServing(true);
  for (const std::string service : {"", "ioc.v1.IngestService"}) {
    EXPECT_EQ(Health(service), kServing) << service;
  }
  server_->SetServing(false);
  EXPECT_EQ(Health(""), kNotServing);
}

TEST_F(GrpcServerTest, ReflectionListsTheServices) {
  grpc::GenericStub stub(NewChannel());
  grpc::ClientContext context;
  grpc::CompletionQueue queue;
  const auto next = [&] {
    void* tag = nullptr;
    bool ok = false;
    return queue.Next(&tag, &ok) && ok;
  };
  auto call = stub.PrepareCall(
      &context, "/grpc.reflection.v1alpha.ServerReflection/ServerReflectionInfo", &queue);
  call->StartCall(nullptr);
  ASSERT_TRUE(next());
  // ServerReflectionRequest.list_services is field 7.
  call->Write(Bytes(std::string("\x3A\x01*")), nullptr);
  ASSERT_TRUE(next());
  grpc::ByteBuffer response;
  call->Read(&response, nullptr);
  ASSERT_TRUE(next());
  const FlatBytes flat(response);
  EXPECT_THAT(std::string(flat.view()), HasSubstr("ioc.v1.IngestService"));
  context.TryCancel();
  grpc::Status status;
  call->Finish(&status, nullptr);
  next();
}

TEST_F(GrpcServerTest, ASecondServerCannotShareThePort) {
  const ListenAddress taken{"127.0.0.1", static_cast<std::uint16_t>(server_->port())};
  const absl::Status free = CheckFree(taken);
  EXPECT_EQ(free.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(free.message()), HasSubstr("Address already in use"));
  GrpcServer::Options options;
  options.address = taken;
  EXPECT_EQ(GrpcServer::Start(options).status().code(), absl::StatusCode::kUnavailable);
}

}  // namespace
}  // namespace iocd::ingest
