// Who may call what of a real daemon, over TLS: every method of every service that it has, by each
// role and each way of saying who one is. And how one department is put out while the others go on.
#include <google/protobuf/descriptor.h>
#include <grpcpp/generic/generic_stub.h>
#include <grpcpp/grpcpp.h>
#include <sys/stat.h>

#include <atomic>
#include <chrono>
#include <fstream>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "access/role.h"
#include "access/token.h"
#include "base/system_clock.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"
#include "ioc/v1/admin.pb.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "ioc/v1/query.pb.h"
#include "support/certificates.h"
#include "support/daemon_process.h"
#include "support/temporary_directory.h"

namespace iocd {
namespace {

using access::Role;
using testing::DaemonProcess;
using ::testing::HasSubstr;
using testing::IssuedCertificate;

constexpr int kDepartments = 38;

/// Who may call it. A method that is missing here fails the test: say who may.
const std::map<std::string, std::set<Role>>& Table() {
  static const auto& table = *new std::map<std::string, std::set<Role>>{
      {"/ioc.v1.IngestService/Push", {Role::kSender}},
      {"/ioc.v1.IngestService/PushStream", {Role::kSender}},
      {"/ioc.v1.IngestService/Resume", {Role::kSender}},
      {"/ioc.v1.QueryService/ListDepartments",
       {Role::kSender, Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/ListIndicators",
       {Role::kSender, Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/GetSeries", {Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/GetScorecard", {Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/ListTargets", {Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/ListReports", {Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.QueryService/Watch", {Role::kReader, Role::kApprover, Role::kAdministrator}},
      {"/ioc.v1.AdminService/GetClock", {Role::kAdministrator}},
      {"/ioc.v1.AdminService/ConfirmClock", {Role::kAdministrator}},
      {"/ioc.v1.AdminService/Reload", {Role::kAdministrator}},
      {"/ioc.v1.AdminService/Backup", {Role::kAdministrator}},
  };
  return table;
}

/// Every method of the package that this program, and so the daemon, was built with.
std::vector<std::string> Methods() {
  std::vector<std::string> methods;
  for (const google::protobuf::Descriptor* message :
       {ioc::v1::PushRequest::descriptor(), ioc::v1::GetSeriesRequest::descriptor(),
        ioc::v1::GetClockRequest::descriptor()}) {
    const google::protobuf::FileDescriptor& file = *message->file();
    for (int i = 0; i < file.service_count(); ++i) {
      for (int j = 0; j < file.service(i)->method_count(); ++j) {
        methods.push_back(absl::StrCat("/", file.service(i)->full_name(), "/",
                                       file.service(i)->method(j)->name()));
      }
    }
  }
  return methods;
}

/// How a caller says who they are.
struct Shown {
  IssuedCertificate certificate;
  std::string token;
};

class RightsDaemonTest : public ::testing::Test {
 protected:
  RightsDaemonTest() {
    std::ofstream catalogue(directory_.File("catalogue.yaml"));
    catalogue << "territory: {code: test, name_vi: thử, name_en: test}\n"
              << "indicators:\n"
              << "  - {code: flow, name_vi: f, name_en: f, kind: flow, unit: piece, direction: "
                 "none, cadence: daily, reporters: all}\n"
              << "departments:\n";
    for (int i = 0; i < kDepartments; ++i) {
      catalogue << "  - {code: " << Department(i) << ", name_vi: d, name_en: d, kind: so}\n";
    }
    catalogue.close();
    const IssuedCertificate server = authority_.Issue({.addresses = {"127.0.0.1"}});
    Write("ca.pem", authority_.certificate());
    Write("server.pem", server.certificate);
    Write("server.key", server.key);
    Write("iocd.yaml",
          "tls: {certificate: server.pem, key: server.key, client_ca: ca.pem}\n"
          "access: access.yaml\ncatalogue: [catalogue.yaml]\n");
    WriteAccess();
  }

  static std::string Department(int number) { return absl::StrCat("d", number); }

  void Write(const std::string& name, const std::string& text) {
    const std::string path = directory_.File(name);
    std::ofstream(path) << text;
    chmod(path.c_str(), 0600);
  }

  /// An identity for each role, and for each department its own; `revoked` is out.
  void WriteAccess(const std::string& revoked = "") {
    std::string text = "identities:\n";
    for (const auto& [role, token] : tokens_) {
      absl::StrAppend(&text, "  - {name: ", access::RoleName(role), ", roles: [",
                      access::RoleName(role), "]", role == Role::kSender ? ", department: d0" : "",
                      ", tokens: [{id: '", *access::TokenId(token), "', hash: \"", hashes_.at(role),
                      "\"}]}\n");
    }
    for (int i = 0; i < kDepartments; ++i) {
      absl::StrAppend(&text, "  - {name: ", Department(i),
                      ", roles: [sender], department: ", Department(i),
                      Department(i) == revoked ? ", revoked: true" : "", "}\n");
    }
    Write("access.yaml", text);
  }

  void StartDaemon() {
    daemon_ = std::make_unique<DaemonProcess>(
        DaemonProcess::Options{.program = IOCD_PROGRAM,
                               .config = directory_.File("iocd.yaml"),
                               .data_dir = directory_.File("data")});
  }

  std::shared_ptr<grpc::Channel> Channel(const IssuedCertificate& own) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);  // a connection of its own
    return grpc::CreateCustomChannel(
        daemon_->grpc_address(),
        grpc::SslCredentials({.pem_root_certs = authority_.certificate(),
                              .pem_private_key = own.key,
                              .pem_cert_chain = own.certificate}),
        arguments);
  }

  /// Calls a method of any sort with an empty request.
  grpc::Status Call(const Shown& shown, const std::string& method) {
    const auto channel = Channel(shown.certificate);
    grpc::GenericStub stub(channel);
    grpc::ClientContext context;
    if (!shown.token.empty()) context.AddMetadata("authorization", "Bearer " + shown.token);
    grpc::CompletionQueue queue;
    auto call = stub.PrepareCall(&context, method, &queue);
    void* tag = nullptr;
    bool ok = false;
    const auto done = [&] { return queue.Next(&tag, &ok) && ok; };
    call->StartCall(nullptr);
    grpc::Status status;
    if (done()) {
      call->WriteLast(grpc::ByteBuffer(nullptr, 0), {}, nullptr);
      done();
      grpc::ByteBuffer answer;
      call->Read(&answer, nullptr);
      while (done()) {  // whoever may call has an answer now; a watch has no end of its own
        context.TryCancel();
        call->Read(&answer, nullptr);
      }
    }
    call->Finish(&status, nullptr);
    done();
    return status;
  }

  Shown Certificate(Role role) {
    return {authority_.Issue({.uris = {absl::StrCat("ioc://test/name/", access::RoleName(role))}}),
            ""};
  }

  const testing::TemporaryDirectory directory_;
  const testing::Authority authority_;
  std::map<Role, std::string> tokens_ = [] {
    std::map<Role, std::string> tokens;
    for (const Role role : access::kAllRoles) tokens[role] = access::NewToken();
    return tokens;
  }();
  std::map<Role, std::string> hashes_ = [this] {
    std::map<Role, std::string> hashes;
    for (const auto& [role, token] : tokens_) hashes[role] = access::HashToken(token).value();
    return hashes;
  }();
  std::unique_ptr<DaemonProcess> daemon_;
};

TEST_F(RightsDaemonTest, EachRoleMayCallWhatTheTableSaysAndNobodyAnything) {
  StartDaemon();
  for (const std::string& method : Methods()) {
    ASSERT_TRUE(Table().contains(method)) << method << ": say in the table who may";
    EXPECT_EQ(Call({}, method).error_code(), grpc::StatusCode::UNAUTHENTICATED) << method;
    EXPECT_EQ(Call({{}, "ioc_wrong"}, method).error_code(), grpc::StatusCode::UNAUTHENTICATED);
    for (const Role role : access::kAllRoles) {
      for (const Shown& shown : {Certificate(role), Shown{{}, tokens_.at(role)}}) {
        const grpc::Status status = Call(shown, method);
        const bool refused = status.error_code() == grpc::StatusCode::PERMISSION_DENIED;
        EXPECT_NE(status.error_code(), grpc::StatusCode::UNAUTHENTICATED);
        EXPECT_EQ(refused, !Table().at(method).contains(role))
            << method << " as " << access::RoleName(role) << ": " << status.error_message();
      }
    }
  }
}

/// A department's system, which sends one batch after the other on one stream.
class SendingDepartment {
 public:
  SendingDepartment(std::string code, const std::shared_ptr<grpc::Channel>& channel)
      : code_(std::move(code)), stub_(ioc::v1::IngestService::NewStub(channel)) {
    stream_ = stub_->PushStream(&context_);
    thread_ = std::thread([this] { Run(); });
  }
  ~SendingDepartment() { Stop(); }

  void Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  void AwaitEnd() {
    if (thread_.joinable()) thread_.join();
  }
  std::uint64_t answered() const { return answered_; }
  /// Why the stream ended; once it has.
  const grpc::Status& end() const { return end_; }

 private:
  void Run() {
    ioc::v1::PushRequest request;
    request.set_department(code_);
    request.set_producer("p");
    ioc::v1::PushResponse response;
    while (!stop_) {
      request.set_sequence(answered_ + 1);
      request.clear_events();
      ioc::v1::Event& event = *request.add_events();
      event.set_indicator("flow");
      event.mutable_event_time()->set_seconds(SystemClock().Now().nanos / 1'000'000'000);
      event.set_value(1);
      if (!stream_->Write(request) || !stream_->Read(&response)) break;
      EXPECT_FALSE(response.has_error()) << code_ << ": " << response.error().message();
      ++answered_;
    }
    stream_->WritesDone();
    end_ = stream_->Finish();
  }

  const std::string code_;
  grpc::ClientContext context_;
  std::unique_ptr<ioc::v1::IngestService::Stub> stub_;
  std::unique_ptr<grpc::ClientReaderWriter<ioc::v1::PushRequest, ioc::v1::PushResponse>> stream_;
  std::atomic<bool> stop_ = false;
  std::atomic<std::uint64_t> answered_ = 0;
  grpc::Status end_;
  std::thread thread_;
};

TEST_F(RightsDaemonTest, ARevokedDepartmentIsOutAndTheOthersDoNotNotice) {
  StartDaemon();
  std::vector<std::unique_ptr<SendingDepartment>> departments;
  for (int i = 0; i < kDepartments; ++i) {
    const std::string code = Department(i);
    departments.push_back(std::make_unique<SendingDepartment>(
        code, Channel(authority_.Issue({.uris = {"ioc://test/department/" + code}}))));
  }
  SendingDepartment& out = *departments[17];
  while (out.answered() == 0) std::this_thread::yield();
  WriteAccess(Department(17));
  const auto began = std::chrono::steady_clock::now();
  daemon_->Hup();
  out.AwaitEnd();
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  EXPECT_EQ(out.end().error_code(), grpc::StatusCode::UNAUTHENTICATED);
  EXPECT_THAT(out.end().error_message(), HasSubstr("'d17' has been revoked"));
  std::cout << "out " << took.count() << " s after the signal\n";
  for (const auto& department : departments) {
    if (department.get() == &out) continue;
    const std::uint64_t before = department->answered();
    while (department->answered() < before + 2) std::this_thread::yield();
    department->Stop();
    EXPECT_TRUE(department->end().ok()) << department->end().error_message();
  }
}

}  // namespace
}  // namespace iocd
