// The HTTP server over TLS: who gets in, new certificates while it runs, what does not speak TLS.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <memory>
#include <optional>
#include <string>

#include "absl/strings/match.h"
#include "base/system_clock.h"
#include "http/http_limits.h"
#include "http/server_fixture.h"
#include "standing/standing.h"
#include "support/certificates.h"
#include "support/tls_client.h"

namespace iocd::http {
namespace {

using ::testing::AllOf;
using testing::Authority;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using testing::IssuedCertificate;
using ::testing::Not;
using ::testing::StartsWith;
using testing::TlsClient;

constexpr char kAlive[] = "iocd is healthy.\n";

class TlsTest : public testing::ServerFixture {
 protected:
  TlsTest() {
    Server::Options options{"127.0.0.1:0", &store_};
    secure_.emplace(options, Dependencies());
    const absl::Status started = secure_->Start();
    EXPECT_TRUE(started.ok()) << started;
  }

  TlsClient::Options Client(const IssuedCertificate& own) const {
    return {.authority = authority_.certificate(), .own = own};
  }

  /// Whether a connection is made and a request answered. In TLS 1.3 a client learns of a refused
  /// certificate only when it reads.
  bool Answers(const TlsClient::Options& options) {
    TlsClient client(secure_->port(), options);
    if (!client.error().empty()) return false;
    Ask(client);
    return EndsWithAlive(client.ReadUntil(kAlive));
  }

  static void Ask(TlsClient& client, const std::string& more = "") {
    client.Send("GET /-/healthy HTTP/1.1\r\nHost: x\r\n" + more + "\r\n");
  }
  static bool EndsWithAlive(const std::string& text) { return absl::EndsWith(text, kAlive); }

  const Authority authority_;
  const IssuedCertificate client_ = authority_.Issue({.uris = {"ioc://test/department/a"}});
  tls::TlsStore store_{testing::ServerMaterial(authority_, authority_.certificate())};
  std::optional<Server> secure_;
};

TEST_F(TlsTest, AnswersClientsWithAndWithoutACertificate) {
  EXPECT_TRUE(Answers(Client(client_)));
  EXPECT_TRUE(Answers(Client({})));
}

TEST_F(TlsTest, AnswersManyRequestsOnOneConnection) {
  TlsClient client(secure_->port(), Client(client_));
  for (int i = 0; i < 3; ++i) {
    Ask(client);
    EXPECT_TRUE(EndsWithAlive(client.ReadUntil(kAlive)));
  }
}

TEST_F(TlsTest, StreamsEventsAndEndsThemAsTlsHasIt) {
  TlsClient client(secure_->port(), Client(client_));
  client.Send("GET /api/v1/watch HTTP/1.1\r\nHost: x\r\n\r\n");
  EXPECT_THAT(client.ReadUntil("retry: 2000\n\n"), StartsWith("HTTP/1.1 200 OK\r\n"));
  watchers_->Tell(
      std::make_shared<const standing::Standing>(standing::TakeStanding(*engine_, clock_.Now())));
  EXPECT_THAT(client.ReadUntil("}\n\n"), HasSubstr("\"complete\":true"));
  watchers_->Drain();
  EXPECT_THAT(client.ReadAll(), StartsWith("event: end\ndata: "));
  EXPECT_EQ(client.error(), "");
}

TEST_F(TlsTest, ReadsARequestAndWritesAnAnswerOfManyRecords) {
  TlsClient client(secure_->port(), Client({}));
  const std::string body(300'000, ' ');
  client.Send("POST /api/v1/events HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " +
              std::to_string(body.size()) + "\r\n\r\n" + body);
  EXPECT_THAT(client.ReadAll(), StartsWith("HTTP/1.1 400 "));
  TlsClient other(secure_->port(), Client({}));
  other.Send("GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
  EXPECT_THAT(other.ReadAll(), EndsWith("\n"));
  EXPECT_EQ(other.error(), "");
}

TEST_F(TlsTest, TellsTheEndOfAConnectionAsTlsHasIt) {
  TlsClient client(secure_->port(), Client(client_));
  Ask(client, "Connection: close\r\n");
  EXPECT_TRUE(EndsWithAlive(client.ReadAll()));
  EXPECT_EQ(client.error(), "");  // not cut off: nobody has shortened the answer
}

TEST_F(TlsTest, RefusesACertificateOfAnotherAuthority) {
  EXPECT_FALSE(Answers(Client(Authority().Issue({}))));
  EXPECT_TRUE(CountsDropped("http_handshake_failed"));
}

TEST_F(TlsTest, RefusesACertificateThatHasExpiredOrIsNotYetValid) {
  const Timestamp now = SystemClock().Now();
  EXPECT_FALSE(Answers(Client(authority_.Issue({.not_after = now - Duration::Days(1)}))));
  EXPECT_FALSE(Answers(Client(authority_.Issue({.not_before = now + Duration::Days(1)}))));
  EXPECT_TRUE(CountsDropped("http_handshake_failed", 2));
}

TEST_F(TlsTest, NewConnectionsUseNewMaterialWhileOldOnesGoOn) {
  TlsClient old_connection(secure_->port(), Client(client_));
  Ask(old_connection);
  EXPECT_TRUE(EndsWithAlive(old_connection.ReadUntil(kAlive)));

  const Authority next;
  store_.Replace(testing::ServerMaterial(next, next.certificate()));
  EXPECT_TRUE(Answers({.authority = next.certificate(), .own = next.Issue({})}));
  EXPECT_FALSE(Answers({.authority = next.certificate(), .own = client_}));
  EXPECT_FALSE(Answers(Client(client_)));
  Ask(old_connection);
  EXPECT_TRUE(EndsWithAlive(old_connection.ReadUntil(kAlive)));
}

// A connection that was kept lived for ever by its certificate, whose authority may no longer be
// trusted.
TEST_F(TlsTest, AConnectionOfHalfADayGetsItsLastAnswer) {
  TlsClient client(secure_->port(), Client(client_));
  clock_.Advance({kMaxConnectionAge.nanos - 1});
  Ask(client);
  EXPECT_THAT(client.ReadUntil(kAlive), Not(HasSubstr("Connection: close")));
  clock_.Advance({1});
  Ask(client);
  EXPECT_THAT(client.ReadAll(), AllOf(HasSubstr("Connection: close\r\n"), EndsWith(kAlive)));
  EXPECT_EQ(client.error(), "");
}

TEST_F(TlsTest, SpeaksNoTlsBelow12) {
  TlsClient old(secure_->port(),
                {.authority = authority_.certificate(), .newest_version = TLS1_1_VERSION});
  EXPECT_THAT(old.error(), HasSubstr("alert protocol version"));
  EXPECT_TRUE(Answers({.authority = authority_.certificate(), .newest_version = TLS1_2_VERSION}));
}

TEST_F(TlsTest, TellsPlainHttpWhatItSpeaks) {
  TlsClient plain(secure_->port());
  Ask(plain);
  const std::string reply = plain.ReadAll();
  EXPECT_THAT(reply, StartsWith("HTTP/1.1 400 Bad Request\r\n"));
  EXPECT_THAT(reply, EndsWith("\r\n\r\nthis server speaks TLS alone: ask it with https://.\n"));
  EXPECT_TRUE(CountsDropped("http_handshake_failed"));
}

TEST_F(TlsTest, EndsAConnectionOfOtherBytes) {
  TlsClient plain(secure_->port());
  plain.Send(std::string(100, '\0'));
  plain.ReadAll();  // comes to an end
  EXPECT_TRUE(CountsDropped("http_handshake_failed"));
}

TEST_F(TlsTest, StopsWhileAHandshakeIsUnderWayAndAConnectionIdle) {
  TlsClient silent(secure_->port());
  TlsClient idle(secure_->port(), Client(client_));
  Ask(idle);
  EXPECT_TRUE(EndsWithAlive(idle.ReadUntil(kAlive)));
  secure_->Stop();
  EXPECT_EQ(silent.ReadAll(), "");
  EXPECT_EQ(idle.ReadAll(), "");
}

}  // namespace
}  // namespace iocd::http
