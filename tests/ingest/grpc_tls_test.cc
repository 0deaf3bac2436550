// The gRPC server over TLS: who gets in, what it sees of them, new certificates while it runs.
#include "ingest/grpc_tls.h"

#include <gmock/gmock.h>
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "base/system_clock.h"
#include "door/shown_certificates.h"
#include "ingest/grpc_server.h"
#include "ioc/v1/admin.grpc.pb.h"
#include "support/certificates.h"
#include "support/tls_client.h"

namespace iocd::ingest {
namespace {

using testing::Authority;
using ::testing::ElementsAre;
using testing::IssuedCertificate;
using testing::TlsClient;

/// Answers one question, and keeps what the client that asked has shown.
class Witness final : public ioc::v1::AdminService::CallbackService {
 public:
  grpc::ServerUnaryReactor* GetClock(grpc::CallbackServerContext* context,
                                     const ioc::v1::GetClockRequest* /*request*/,
                                     ioc::v1::ClockState* /*response*/) override {
    shown = certificates_.Of(*context->auth_context());
    grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
    reactor->Finish(grpc::Status::OK);
    return reactor;
  }

  tls::ShownCertificate shown;  // read after the call

 private:
  door::ShownCertificates certificates_;
};

class GrpcTlsTest : public ::testing::Test {
 protected:
  GrpcTlsTest() { StartServer(testing::ServerMaterial(authority_, authority_.certificate())); }
  ~GrpcTlsTest() override { server_.reset(); }

  void StartServer(std::shared_ptr<const tls::TlsMaterial> material) {
    server_.reset();
    store_ = std::make_unique<tls::TlsStore>(std::move(material));
    GrpcServer::Options options;
    options.address.host = "127.0.0.1";
    options.services = {&witness_};
    options.credentials = TlsServerCredentials(*store_);
    auto server = GrpcServer::Start(options);
    ASSERT_TRUE(server.ok()) << server.status();
    server_ = *std::move(server);
  }

  /// A channel with a connection of its own.
  std::shared_ptr<grpc::Channel> Channel(const std::string& ca, const IssuedCertificate& own) {
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    return grpc::CreateCustomChannel(
        absl::StrCat("127.0.0.1:", server_->port()),
        grpc::SslCredentials(
            {.pem_root_certs = ca, .pem_private_key = own.key, .pem_cert_chain = own.certificate}),
        arguments);
  }
  std::shared_ptr<grpc::Channel> Channel(const IssuedCertificate& own) {
    return Channel(authority_.certificate(), own);
  }

  static grpc::Status Ask(const std::shared_ptr<grpc::Channel>& channel) {
    grpc::ClientContext context;
    ioc::v1::ClockState state;
    return ioc::v1::AdminService::NewStub(channel)->GetClock(&context, {}, &state);
  }

  const Authority authority_;
  const IssuedCertificate client_ = authority_.Issue({.uris = {"ioc://test/department/a"}});
  Witness witness_;
  std::unique_ptr<tls::TlsStore> store_;
  std::unique_ptr<GrpcServer> server_;
};

TEST_F(GrpcTlsTest, SeesTheCertificateOfItsClient) {
  const auto channel = Channel(client_);
  for (int call = 0; call < 2; ++call) {
    const grpc::Status status = Ask(channel);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_TRUE(witness_.shown.has_value());
    ASSERT_TRUE(witness_.shown->ok()) << witness_.shown->status();
    EXPECT_THAT((*witness_.shown)->uris, ElementsAre("ioc://test/department/a"));
    EXPECT_EQ((*witness_.shown)->fingerprint, tls::ParsePem(client_.certificate)->fingerprint);
  }
}

TEST_F(GrpcTlsTest, TakesAClientWithoutACertificateAndSeesNone) {
  const grpc::Status status = Ask(Channel({}));
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(witness_.shown.has_value());
}

TEST_F(GrpcTlsTest, AsksForNoCertificateWhereNoAuthorityIsNamed) {
  StartServer(testing::ServerMaterial(authority_, ""));
  const grpc::Status status = Ask(Channel(client_));
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(witness_.shown.has_value());
}

TEST_F(GrpcTlsTest, RefusesACertificateOfAnotherAuthority) {
  const IssuedCertificate other = Authority().Issue({.uris = {"ioc://test/department/a"}});
  EXPECT_EQ(Ask(Channel(other)).error_code(), grpc::StatusCode::UNAVAILABLE);
}

TEST_F(GrpcTlsTest, RefusesACertificateThatHasExpiredOrIsNotYetValid) {
  const Timestamp now = SystemClock().Now();
  for (const auto& wishes : {testing::CertificateWishes{.not_after = now - Duration::Days(1)},
                             testing::CertificateWishes{.not_before = now + Duration::Days(1)}}) {
    EXPECT_EQ(Ask(Channel(authority_.Issue(wishes))).error_code(), grpc::StatusCode::UNAVAILABLE);
  }
}

TEST_F(GrpcTlsTest, NeverPassesOnANameWithANul) {
  const std::string uri("ioc://test/department/a\0.example", 32);
  const grpc::Status status = Ask(Channel(authority_.Issue({.uris = {uri}})));
  // gRPC may refuse it by itself; if not, we do.
  if (status.ok()) {
    ASSERT_TRUE(witness_.shown.has_value());
    EXPECT_TRUE(absl::IsInvalidArgument(witness_.shown->status())) << witness_.shown->status();
  }
}

TEST_F(GrpcTlsTest, AClientThatKnowsAnotherAuthorityDoesNotTrustTheServer) {
  EXPECT_EQ(Ask(Channel(Authority().certificate(), client_)).error_code(),
            grpc::StatusCode::UNAVAILABLE);
}

TEST_F(GrpcTlsTest, NewConnectionsUseNewMaterialWhileOldOnesGoOn) {
  const auto old_connection = Channel(client_);
  ASSERT_TRUE(Ask(old_connection).ok());

  const Authority next;
  store_->Replace(testing::ServerMaterial(next, next.certificate()));
  EXPECT_TRUE(Ask(old_connection).ok());
  // Both sides of a new connection need the new authority.
  EXPECT_TRUE(Ask(Channel(next.certificate(), next.Issue({}))).ok());
  EXPECT_FALSE(Ask(Channel(next.certificate(), client_)).ok());
  EXPECT_FALSE(Ask(Channel(client_)).ok());
  EXPECT_TRUE(Ask(old_connection).ok());
}

TEST_F(GrpcTlsTest, SpeaksNoTlsBelow12) {
  TlsClient old(server_->port(),
                {.authority = authority_.certificate(), .newest_version = TLS1_1_VERSION});
  EXPECT_NE(old.error(), "");
  TlsClient new_enough(server_->port(),
                       {.authority = authority_.certificate(), .newest_version = TLS1_2_VERSION});
  EXPECT_EQ(new_enough.error(), "");
}

TEST_F(GrpcTlsTest, EndsAConnectionThatDoesNotSpeakTls) {
  TlsClient plain(server_->port());
  plain.Send("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n");
  plain.ReadAll();  // comes to an end
  EXPECT_TRUE(Ask(Channel(client_)).ok());
}

}  // namespace
}  // namespace iocd::ingest
