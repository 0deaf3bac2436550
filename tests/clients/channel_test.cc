// What Connect() takes and refuses, and what it sends: against real servers on loopback.
#include "ioc/client/channel.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>
#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "ioc/client/resume.h"
#include "ioc/v1/ingest.grpc.pb.h"
#include "support/certificates.h"
#include "support/temporary_directory.h"

namespace ioc::client {
namespace {

using iocd::testing::Authority;
using iocd::testing::IssuedCertificate;
using ::testing::AllOf;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

/// Answers Resume, and keeps the authorization that came with it.
class Witness final : public v1::IngestService::Service {
 public:
  grpc::Status Resume(grpc::ServerContext* context, const v1::ResumeRequest* /*request*/,
                      v1::ResumeResponse* /*response*/) override {
    authorization.clear();
    const auto sent = context->client_metadata().equal_range("authorization");
    for (auto it = sent.first; it != sent.second; ++it) {
      authorization.emplace_back(it->second.data(), it->second.size());
    }
    shown_a_certificate = !context->auth_context()->FindPropertyValues("x509_pem_cert").empty();
    return grpc::Status::OK;
  }

  std::vector<std::string> authorization;  // of the last call
  bool shown_a_certificate = false;
};

class ChannelTest : public ::testing::Test {
 protected:
  void StartServer(const std::shared_ptr<grpc::ServerCredentials>& credentials) {
    grpc::ServerBuilder builder;
    builder.RegisterService(&witness_);
    int port = 0;
    builder.AddListeningPort("127.0.0.1:0", credentials, &port);
    server_ = builder.BuildAndStart();
    target_ = absl::StrCat("127.0.0.1:", port);
  }
  void StartTlsServer() {
    const IssuedCertificate own = authority_.Issue({.addresses = {"127.0.0.1"}});
    grpc::SslServerCredentialsOptions options(GRPC_SSL_REQUEST_CLIENT_CERTIFICATE_AND_VERIFY);
    options.pem_root_certs = authority_.certificate();
    options.pem_key_cert_pairs = {{own.key, own.certificate}};
    StartServer(grpc::SslServerCredentials(options));
  }
  ~ChannelTest() override {
    if (server_ != nullptr) server_->Shutdown();
  }

  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = directory_.File(name);
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(chmod(path.c_str(), 0600), 0);
    return path;
  }

  absl::Status Ask(const ChannelSecurity& security) {
    const auto channel = Connect(target_, security);
    if (!channel.ok()) return channel.status();
    return Resume(*channel, "a", "p", absl::Seconds(30)).status();
  }
  std::string Objection(const std::string& target, const ChannelSecurity& security) {
    const auto channel = Connect(target, security);
    EXPECT_TRUE(absl::IsInvalidArgument(channel.status())) << channel.status();
    return std::string(channel.status().message());
  }

  const iocd::testing::TemporaryDirectory directory_;
  const Authority authority_;
  const IssuedCertificate own_ = authority_.Issue({.uris = {"ioc://test/department/a"}});
  const std::string ca_ = Write("ca.crt", authority_.certificate());
  const std::string certificate_ = Write("own.crt", own_.certificate);
  const std::string key_ = Write("own.key", own_.key);
  const std::string token_ = Write("token", "s3cret-token\n");
  Witness witness_;
  std::string target_;
  std::unique_ptr<grpc::Server> server_;
};

TEST_F(ChannelTest, SpeaksPlainlyWithoutFiles) {
  StartServer(grpc::InsecureServerCredentials());
  EXPECT_TRUE(Ask({}).ok());
  EXPECT_THAT(witness_.authorization, IsEmpty());
}

TEST_F(ChannelTest, SpeaksTlsToADaemonThatTheAuthoritySigned) {
  StartTlsServer();
  EXPECT_TRUE(Ask({.ca_file = ca_}).ok());
  EXPECT_FALSE(witness_.shown_a_certificate);
  const std::string other = Write("other.crt", Authority().certificate());
  EXPECT_TRUE(absl::IsUnavailable(Ask({.ca_file = other})));
}

TEST_F(ChannelTest, ShowsItsCertificate) {
  StartTlsServer();
  const absl::Status status =
      Ask({.ca_file = ca_, .certificate_file = certificate_, .key_file = key_});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_TRUE(witness_.shown_a_certificate);
}

TEST_F(ChannelTest, SendsItsTokenOverTls) {
  StartTlsServer();
  const absl::Status status = Ask({.ca_file = ca_, .token_file = token_});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(witness_.authorization, ElementsAre("Bearer s3cret-token"));
}

TEST_F(ChannelTest, SendsItsTokenPlainlyToThisMachineAlone) {
  StartServer(grpc::InsecureServerCredentials());
  const absl::Status status = Ask({.token_file = token_});
  EXPECT_TRUE(status.ok()) << status;
  EXPECT_THAT(witness_.authorization, ElementsAre("Bearer s3cret-token"));

  EXPECT_THAT(Objection("10.1.2.3:7443", {.token_file = token_}),
              AllOf(HasSubstr(token_), HasSubstr("10.1.2.3:7443"), HasSubstr("--ca")));
}

TEST_F(ChannelTest, SaysWhatIsMissingBesideAFile) {
  EXPECT_THAT(Objection("x:1", {.ca_file = ca_, .certificate_file = certificate_}),
              AllOf(HasSubstr(certificate_), HasSubstr("without its key (--key, IOC_KEY)")));
  EXPECT_THAT(Objection("x:1", {.ca_file = ca_, .key_file = key_}),
              AllOf(HasSubstr(key_), HasSubstr("without its certificate (--cert, IOC_CERT)")));
  EXPECT_THAT(Objection("x:1", {.certificate_file = certificate_, .key_file = key_}),
              AllOf(HasSubstr(certificate_), HasSubstr("(--ca, IOC_CA)")));
}

TEST_F(ChannelTest, NamesAFileThatCannotBeUsed) {
  const std::string none = directory_.File("none");
  EXPECT_EQ(Connect("x:1", {.ca_file = none}).status().code(), absl::StatusCode::kNotFound);
  EXPECT_THAT(Objection("x:1", {.ca_file = key_}), HasSubstr(key_));
  EXPECT_EQ(Connect("127.0.0.1:1", {.token_file = none}).status(),
            absl::NotFoundError("the token cannot be read from the file '" + none +
                                "': No such file or directory"));
}

TEST_F(ChannelTest, SaysThatItsCertificateHasExpired) {
  const IssuedCertificate expired = authority_.Issue(
      {.not_after = iocd::Timestamp{absl::ToUnixNanos(absl::Now() - absl::Hours(1))}});
  const ChannelSecurity security{.ca_file = ca_,
                                 .certificate_file = Write("old.crt", expired.certificate),
                                 .key_file = Write("old.key", expired.key)};
  EXPECT_THAT(Objection("x:1", security), HasSubstr("was valid until"));
}

TEST_F(ChannelTest, RefusesAFileThatIsNoTokenAndKeepsItToItself) {
  EXPECT_THAT(Objection("127.0.0.1:1", {.token_file = Write("empty", " \n")}),
              HasSubstr("holds no token"));
  for (const std::string& text : {std::string("s3cret one"), std::string("s3cret\nother"),
                                  std::string("s3cret\x01"), std::string(5'000, 's')}) {
    EXPECT_THAT(Objection("127.0.0.1:1", {.token_file = Write("odd", text)}),
                AllOf(HasSubstr("holds more than a token"), Not(HasSubstr("s3cret"))));
  }
}

}  // namespace
}  // namespace ioc::client
