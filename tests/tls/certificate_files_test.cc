#include "tls/certificate_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <fstream>

#include "support/certificates.h"
#include "support/temporary_directory.h"

namespace iocd::tls {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr Timestamp kNow = Timestamp::FromSeconds(1'732'000'000);

class CertificateFilesTest : public ::testing::Test {
 protected:
  std::string Write(const std::string& name, const std::string& text, mode_t mode = 0640) {
    const std::string path = directory_.File(name);
    std::ofstream(path, std::ios::binary) << text;
    EXPECT_EQ(chmod(path.c_str(), mode), 0);
    return path;
  }

  /// Loads a pair of files; what they are is in `server_` if not said otherwise.
  absl::StatusOr<CertifiedKey> Load() { return LoadCertifiedKey(certificate_, key_, kNow); }
  std::string Objection() { return std::string(Load().status().message()); }

  const testing::TemporaryDirectory directory_;
  const testing::Authority authority_;
  const testing::IssuedCertificate server_ = authority_.Issue({});
  std::string certificate_ = Write("server.crt", server_.certificate);
  std::string key_ = Write("server.key", server_.key);
};

TEST_F(CertificateFilesTest, GivesTheTextsAndTheEndOfTheHoldersCertificate) {
  Write("server.crt", "made for a test\n" + server_.certificate + authority_.certificate());
  const auto loaded = Load();
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_THAT(loaded->certificate,
              AllOf(HasSubstr(server_.certificate), HasSubstr(authority_.certificate())));
  EXPECT_EQ(loaded->key, server_.key);
  EXPECT_EQ(loaded->not_after, testing::CertificateWishes().not_after);
}

TEST_F(CertificateFilesTest, NamesAFileThatIsNotThere) {
  certificate_ = directory_.File("none.crt");
  EXPECT_EQ(Load().status(), absl::NotFoundError("the certificate cannot be read from the file '" +
                                                 certificate_ + "': No such file or directory"));
  certificate_ = directory_.File("server.crt");
  key_ = directory_.File("none.key");
  EXPECT_EQ(Load().status(), absl::NotFoundError("the key cannot be read from the file '" + key_ +
                                                 "': No such file or directory"));
}

TEST_F(CertificateFilesTest, NamesADirectoryAndAFileThatIsTooLarge) {
  certificate_ = directory_.path();
  EXPECT_THAT(Objection(), HasSubstr("it is a directory"));
  certificate_ = Write("large.crt", std::string((1 << 20) + 1, 'x'));
  EXPECT_THAT(Objection(), HasSubstr("it is larger than 1048576 bytes"));
}

TEST_F(CertificateFilesTest, NamesAFileWithoutACertificate) {
  Write("server.crt", server_.key);
  EXPECT_THAT(Objection(), AllOf(HasSubstr(certificate_), HasSubstr("holds no certificate in PEM"),
                                 Not(HasSubstr(server_.key.substr(30, 20)))));
}

TEST_F(CertificateFilesTest, NamesAChainThatIsDamaged) {
  Write("server.crt", server_.certificate + authority_.certificate().substr(0, 100));
  EXPECT_THAT(Objection(), HasSubstr("is damaged: behind 1 certificate(s) stands one that cannot"));
}

TEST_F(CertificateFilesTest, NamesAFileWithoutAKey) {
  Write("server.key", server_.certificate);
  EXPECT_THAT(Objection(), AllOf(HasSubstr(key_), HasSubstr("holds no private key in PEM")));
}

TEST_F(CertificateFilesTest, SaysThatAKeyIsEncryptedAndHowToMendIt) {
  Write("server.key", testing::Encrypted(server_.key, "secret"));
  EXPECT_THAT(Objection(), AllOf(HasSubstr(key_), HasSubstr("is encrypted"),
                                 HasSubstr("openssl pkey -in FILE -out NEW")));
}

TEST_F(CertificateFilesTest, SaysThatAKeyBelongsToAnotherCertificate) {
  Write("server.key", authority_.Issue({}).key);
  EXPECT_THAT(Objection(), AllOf(HasSubstr(key_), HasSubstr("does not belong to the certificate"),
                                 HasSubstr(certificate_)));
}

TEST_F(CertificateFilesTest, AKeyThatEveryoneMayReadIsRefused) {
  for (const mode_t mode : {0644, 0604, 0642, 0777}) {
    Write("server.key", server_.key, mode);
    EXPECT_THAT(Objection(), HasSubstr("run: chmod 640 '" + key_ + "'")) << mode;
  }
  for (const mode_t mode : {0600, 0400, 0640, 0660}) {
    Write("server.key", server_.key, mode);
    EXPECT_TRUE(Load().ok()) << mode;
  }
}

TEST_F(CertificateFilesTest, SaysSinceWhenACertificateHasExpired) {
  const auto expired = authority_.Issue({.not_after = kNow - Duration::Seconds(1)});
  Write("server.crt", expired.certificate);
  Write("server.key", expired.key);
  EXPECT_THAT(Objection(), HasSubstr("was valid until 2024-11-19 14:06:39+07:00 only"));
}

TEST_F(CertificateFilesTest, SaysFromWhenACertificateIsValid) {
  const auto early = authority_.Issue({.not_before = kNow + Duration::Seconds(1)});
  Write("server.crt", early.certificate);
  Write("server.key", early.key);
  EXPECT_THAT(Objection(), AllOf(HasSubstr("is not valid before 2024-11-19 14:06:41+07:00"),
                                 HasSubstr("clock")));
}

TEST_F(CertificateFilesTest, AuthoritiesMayBeSeveralIfOneIsValid) {
  const testing::Authority old({.common_name = "old", .not_after = kNow - Duration::Days(1)});
  const std::string both = old.certificate() + authority_.certificate();
  const auto loaded = LoadAuthorities(Write("ca.crt", both), kNow);
  ASSERT_TRUE(loaded.ok()) << loaded.status();
  EXPECT_EQ(*loaded, both);

  const auto expired = LoadAuthorities(Write("ca.crt", old.certificate()), kNow);
  EXPECT_THAT(std::string(expired.status().message()),
              HasSubstr("was valid until 2024-11-18 14:06:40+07:00 only"));
}

TEST_F(CertificateFilesTest, AFileOfAuthoritiesWithoutACertificateIsRefused) {
  const auto loaded = LoadAuthorities(Write("ca.crt", ""), kNow);
  EXPECT_TRUE(absl::IsInvalidArgument(loaded.status())) << loaded.status();
  EXPECT_THAT(std::string(loaded.status().message()), HasSubstr("holds no certificate in PEM"));
}

}  // namespace
}  // namespace iocd::tls
