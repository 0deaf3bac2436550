#include "support/certificates.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "tls/server_context.h"

namespace iocd::testing {
namespace {

constexpr long kVersion3 = 2;

std::string ContentOf(BIO* bio) {
  const char* bytes = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(bio, &bytes));
  std::string text(bytes, size);
  BIO_free(bio);
  return text;
}

std::string ToPem(X509* certificate) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_X509(bio, certificate);
  return ContentOf(bio);
}

std::string ToPem(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  return ContentOf(bio);
}

std::shared_ptr<EVP_PKEY> NewKey() { return {EVP_EC_gen("P-256"), &EVP_PKEY_free}; }

ASN1_IA5STRING* Ia5(const std::string& bytes) {
  ASN1_IA5STRING* text = ASN1_IA5STRING_new();
  ASN1_STRING_set(text, bytes.data(), static_cast<int>(bytes.size()));
  return text;
}

ASN1_OCTET_STRING* AddressBytes(const std::string& address) {
  in_addr parsed{};
  EXPECT_EQ(inet_pton(AF_INET, address.c_str(), &parsed), 1) << address;
  ASN1_OCTET_STRING* bytes = ASN1_OCTET_STRING_new();
  ASN1_OCTET_STRING_set(bytes, reinterpret_cast<const unsigned char*>(&parsed), sizeof parsed);
  return bytes;
}

void AddAlternativeNames(X509* certificate, const CertificateWishes& wishes) {
  GENERAL_NAMES* names = GENERAL_NAMES_new();
  const auto add = [&](int type, void* value) {
    GENERAL_NAME* name = GENERAL_NAME_new();
    GENERAL_NAME_set0_value(name, type, value);
    sk_GENERAL_NAME_push(names, name);
  };
  for (const std::string& uri : wishes.uris) add(GEN_URI, Ia5(uri));
  for (const std::string& address : wishes.addresses) add(GEN_IPADD, AddressBytes(address));
  if (sk_GENERAL_NAME_num(names) > 0) {
    X509_add1_ext_i2d(certificate, NID_subject_alt_name, names, 0, X509V3_ADD_DEFAULT);
  }
  GENERAL_NAMES_free(names);
}

void AddConstraints(X509* certificate, bool is_authority) {
  BASIC_CONSTRAINTS* constraints = BASIC_CONSTRAINTS_new();
  constraints->ca = is_authority ? 0xFF : 0;
  X509_add1_ext_i2d(certificate, NID_basic_constraints, constraints, 1, X509V3_ADD_DEFAULT);
  BASIC_CONSTRAINTS_free(constraints);
}

/// Signed by `issuer_key`; by itself if there is no issuer.
std::shared_ptr<X509> Make(const CertificateWishes& wishes, EVP_PKEY* key, X509* issuer,
                           EVP_PKEY* issuer_key) {
  static long serial = 0;
  std::shared_ptr<X509> certificate(X509_new(), &X509_free);
  X509_set_version(certificate.get(), kVersion3);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  ASN1_TIME_set(X509_getm_notBefore(certificate.get()),
                static_cast<time_t>(wishes.not_before.ToSeconds()));
  ASN1_TIME_set(X509_getm_notAfter(certificate.get()),
                static_cast<time_t>(wishes.not_after.ToSeconds()));
  X509_set_pubkey(certificate.get(), key);
  X509_NAME* name = X509_get_subject_name(certificate.get());
  X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(wishes.common_name.data()),
                             static_cast<int>(wishes.common_name.size()), -1, 0);
  X509_set_issuer_name(certificate.get(), issuer == nullptr ? name : X509_get_subject_name(issuer));
  AddConstraints(certificate.get(), issuer == nullptr);
  AddAlternativeNames(certificate.get(), wishes);
  EXPECT_GT(X509_sign(certificate.get(), issuer_key, EVP_sha256()), 0);
  return certificate;
}

}  // namespace

Authority::Authority(const CertificateWishes& wishes) : key_(NewKey()) {
  parsed_ = Make(wishes, key_.get(), nullptr, key_.get());
  own_ = {ToPem(parsed_.get()), ToPem(key_.get())};
}

Authority::~Authority() = default;

IssuedCertificate Authority::Issue(const CertificateWishes& wishes) const {
  const std::shared_ptr<EVP_PKEY> key = NewKey();
  return {ToPem(Make(wishes, key.get(), parsed_.get(), key_.get()).get()), ToPem(key.get())};
}

std::shared_ptr<const tls::TlsMaterial> ServerMaterial(const Authority& signer,
                                                       const std::string& client_ca) {
  const CertificateWishes wishes{.addresses = {"127.0.0.1"}};
  const IssuedCertificate issued = signer.Issue(wishes);
  const tls::CertifiedKey own{issued.certificate, issued.key, wishes.not_after};
  const auto context = tls::MakeServerContext(own, client_ca);
  EXPECT_TRUE(context.ok()) << context.status();
  return std::make_shared<const tls::TlsMaterial>(tls::TlsMaterial{own, client_ca, *context});
}

std::string Encrypted(const std::string& key, const std::string& passphrase) {
  BIO* in = BIO_new_mem_buf(key.data(), static_cast<int>(key.size()));
  EVP_PKEY* parsed = PEM_read_bio_PrivateKey(in, nullptr, nullptr, nullptr);
  BIO* out = BIO_new(BIO_s_mem());
  PEM_write_bio_PKCS8PrivateKey(out, parsed, EVP_aes_256_cbc(), passphrase.data(),
                                static_cast<int>(passphrase.size()), nullptr, nullptr);
  EVP_PKEY_free(parsed);
  BIO_free(in);
  return ContentOf(out);
}

}  // namespace iocd::testing
