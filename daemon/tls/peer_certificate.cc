#include "tls/peer_certificate.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/sha.h>

#include <algorithm>
#include <array>
#include <ctime>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "tls/openssl_handles.h"

namespace iocd::tls {
namespace {

/// The years that a Timestamp holds, with a margin.
constexpr int kFirstYear = 1700, kLastYear = 2250;

absl::StatusOr<std::string> ReadUri(const ASN1_IA5STRING& value) {
  const absl::string_view text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(&value)),
                               static_cast<std::size_t>(ASN1_STRING_length(&value)));
  // C libraries would end the name at a NUL: "ioc://…/stp\0.example" must not pass for ours.
  const bool printable =
      std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c <= '~'; });
  if (printable && !text.empty()) return std::string(text);
  return absl::InvalidArgumentError(
      absl::StrCat("a URI among the certificate's alternative names, \"", absl::CHexEscape(text),
                   "\", is not printable ASCII; have the certificate made anew"));
}

absl::StatusOr<std::vector<std::string>> ReadUris(const X509& certificate) {
  int critical = 0;
  const AlternativeNames names(static_cast<GENERAL_NAMES*>(
      X509_get_ext_d2i(&certificate, NID_subject_alt_name, &critical, nullptr)));
  std::vector<std::string> uris;
  if (names == nullptr) {
    if (critical == -1) return uris;  // it has none
    return absl::InvalidArgumentError(
        "the certificate's alternative names cannot be read, or stand there twice; have it made "
        "anew");
  }
  for (int i = 0; i < sk_GENERAL_NAME_num(names.get()); ++i) {
    const GENERAL_NAME* name = sk_GENERAL_NAME_value(names.get(), i);
    if (name->type != GEN_URI) continue;
    absl::StatusOr<std::string> uri = ReadUri(*name->d.uniformResourceIdentifier);
    if (!uri.ok()) return uri.status();
    uris.push_back(*std::move(uri));
  }
  return uris;
}

absl::StatusOr<Timestamp> ReadTime(const ASN1_TIME* time) {
  std::tm parts{};
  // A time without an end is written as the year 9999; it is later than any that matters here.
  if (time == nullptr || ASN1_TIME_to_tm(time, &parts) != 1) {
    return absl::InvalidArgumentError("the certificate's times cannot be read");
  }
  const int year = parts.tm_year + 1900;
  if (year > kLastYear) return Timestamp::FromSeconds(INT64_C(8'835'955'200));    // 2250-01-01
  if (year < kFirstYear) return Timestamp::FromSeconds(INT64_C(-8'520'336'000));  // 1700-01-01
  return Timestamp::FromSeconds(timegm(&parts));
}

absl::StatusOr<std::string> Fingerprint(const X509& certificate) {
  std::array<unsigned char, SHA256_DIGEST_LENGTH> digest{};
  unsigned int size = 0;
  if (X509_digest(&certificate, EVP_sha256(), digest.data(), &size) != 1) {
    return absl::InvalidArgumentError("the certificate has no DER form");
  }
  return absl::BytesToHexString(
      absl::string_view(reinterpret_cast<const char*>(digest.data()), size));
}

absl::StatusOr<std::string> Subject(const X509& certificate) {
  const Bio text(BIO_new(BIO_s_mem()));
  if (text == nullptr ||
      X509_NAME_print_ex(text.get(), X509_get_subject_name(&certificate), 0, XN_FLAG_RFC2253) < 0) {
    return absl::InvalidArgumentError("the certificate's subject cannot be read");
  }
  const char* bytes = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(text.get(), &bytes));
  return std::string(bytes, size);
}

}  // namespace

absl::StatusOr<PeerCertificate> Read(const X509& certificate) {
  auto uris = ReadUris(certificate);
  if (!uris.ok()) return uris.status();
  auto fingerprint = Fingerprint(certificate);
  if (!fingerprint.ok()) return fingerprint.status();
  const auto not_before = ReadTime(X509_get0_notBefore(&certificate));
  if (!not_before.ok()) return not_before.status();
  const auto not_after = ReadTime(X509_get0_notAfter(&certificate));
  if (!not_after.ok()) return not_after.status();
  auto subject = Subject(certificate);
  if (!subject.ok()) return subject.status();
  return PeerCertificate{*std::move(uris), *std::move(fingerprint), *not_before, *not_after,
                         *std::move(subject)};
}

absl::StatusOr<PeerCertificate> ParsePem(absl::string_view pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  const Certificate certificate(PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr));
  ERR_clear_error();
  if (certificate == nullptr) {
    return absl::InvalidArgumentError("this is no certificate in PEM form");
  }
  return Read(*certificate);
}

}  // namespace iocd::tls
