#include "tls/certificate_files.h"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "tls/openssl_handles.h"
#include "tls/peer_certificate.h"

namespace iocd::tls {
namespace {

constexpr std::size_t kMaxFileBytes = 1024 * 1024;

/// One kind of file, as messages name it.
struct FileOf {
  absl::string_view what;  // "the certificate"
  const std::string& path;

  template <typename... Parts>
  absl::Status Error(const Parts&... parts) const {
    return absl::InvalidArgumentError(absl::StrCat(what, " in the file '", path, "' ", parts...));
  }
};

absl::StatusOr<std::string> ReadFile(const FileOf& file) {
  const auto cannot = [&](absl::string_view why, absl::StatusCode code) {
    return absl::Status(
        code, absl::StrCat(file.what, " cannot be read from the file '", file.path, "': ", why));
  };
  std::error_code ignored;
  if (std::filesystem::is_directory(file.path, ignored)) {
    return cannot("it is a directory", absl::StatusCode::kInvalidArgument);
  }
  errno = 0;
  std::ifstream stream(file.path, std::ios::binary);
  if (!stream) {
    const int error = errno == 0 ? EIO : errno;
    return cannot(std::strerror(error), absl::ErrnoToStatusCode(error));
  }
  std::string bytes(kMaxFileBytes + 1, '\0');
  stream.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  if (stream.bad()) return cannot("reading it failed", absl::StatusCode::kUnavailable);
  bytes.resize(static_cast<std::size_t>(stream.gcount()));
  if (bytes.size() <= kMaxFileBytes) return bytes;
  return cannot(absl::StrCat("it is larger than ", kMaxFileBytes, " bytes"),
                absl::StatusCode::kInvalidArgument);
}

/// All certificates of a text, at least one; what stands between them does not matter.
absl::StatusOr<std::vector<Certificate>> ReadCertificates(const FileOf& file,
                                                          const std::string& pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  std::vector<Certificate> certificates;
  ERR_clear_error();
  while (X509* certificate = PEM_read_bio_X509(text.get(), nullptr, nullptr, nullptr)) {
    certificates.emplace_back(certificate);
  }
  const bool at_end = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
  ERR_clear_error();
  if (!at_end) {
    return file.Error("is damaged: behind ", certificates.size(),
                      " certificate(s) stands one that cannot be read");
  }
  if (certificates.empty()) {
    return file.Error("is missing: the file holds no certificate in PEM form (",
                      "-----BEGIN CERTIFICATE-----)");
  }
  return certificates;
}

absl::Status CheckValid(const FileOf& file, const PeerCertificate& certificate, Timestamp now) {
  if (now < certificate.not_before) {
    return file.Error("is not valid before ", ToLocalText(certificate.not_before),
                      "; is this machine's clock right?");
  }
  if (now > certificate.not_after) {
    return file.Error("was valid until ", ToLocalText(certificate.not_after),
                      " only; have it renewed");
  }
  return absl::OkStatus();
}

absl::Status CheckSecrecy(const FileOf& file) {
  std::error_code error;
  const std::filesystem::perms permissions =
      std::filesystem::status(file.path, error).permissions();
  if (error || (permissions & std::filesystem::perms::others_all) == std::filesystem::perms::none) {
    return absl::OkStatus();  // what is wrong with a file that cannot be looked at, reading it says
  }
  return file.Error("may be read or changed by every user of this machine; run: chmod 640 '",
                    file.path, "'");
}

absl::StatusOr<PrivateKey> ReadKey(const FileOf& file, const std::string& pem) {
  const Bio text(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  bool asked = false;
  const auto note_question = [](char*, int, int, void* was_asked) {
    *static_cast<bool*>(was_asked) = true;
    return -1;  // no passphrase
  };
  PrivateKey key(PEM_read_bio_PrivateKey(text.get(), nullptr, note_question, &asked));
  ERR_clear_error();
  if (key != nullptr) return key;
  if (asked) {
    return file.Error("is encrypted, and nobody is there to give the passphrase; write it without ",
                      "one (openssl pkey -in FILE -out NEW) and let only its owner and group read ",
                      "it (chmod 640)");
  }
  return file.Error("cannot be read: the file holds no private key in PEM form ",
                    "(-----BEGIN PRIVATE KEY-----)");
}

}  // namespace

absl::StatusOr<CertifiedKey> LoadCertifiedKey(const std::string& certificate_file,
                                              const std::string& key_file, Timestamp now,
                                              absl::string_view at_work) {
  const FileOf for_certificate{"the certificate", certificate_file};
  const FileOf for_key{"the key", key_file};
  auto certificate = ReadFile(for_certificate);
  if (!certificate.ok()) return certificate.status();
  const auto chain = ReadCertificates(for_certificate, *certificate);
  if (!chain.ok()) return chain.status();
  const auto holder = Read(*chain->front());
  if (!holder.ok()) return for_certificate.Error("cannot be used: ", holder.status().message());
  const absl::Status valid = CheckValid(for_certificate, *holder, now);
  if (!valid.ok() && *certificate != at_work) return valid;

  if (absl::Status secret = CheckSecrecy(for_key); !secret.ok()) return secret;
  auto key = ReadFile(for_key);
  if (!key.ok()) return key.status();
  const auto parsed = ReadKey(for_key, *key);
  if (!parsed.ok()) return parsed.status();
  const bool match = X509_check_private_key(chain->front().get(), parsed->get()) == 1;
  ERR_clear_error();
  if (!match) {
    return for_key.Error("does not belong to the certificate in '", certificate_file, "'");
  }
  return CertifiedKey{*std::move(certificate), *std::move(key), holder->not_after};
}

absl::StatusOr<std::string> LoadAuthorities(const std::string& path, Timestamp now,
                                            absl::string_view at_work) {
  const FileOf file{"the authority's certificate", path};
  auto pem = ReadFile(file);
  if (!pem.ok()) return pem;
  const auto certificates = ReadCertificates(file, *pem);
  if (!certificates.ok()) return certificates.status();
  if (*pem == at_work) return pem;
  absl::Status objection;
  for (const Certificate& certificate : *certificates) {
    const auto authority = Read(*certificate);
    objection = authority.ok() ? CheckValid(file, *authority, now)
                               : file.Error("cannot be used: ", authority.status().message());
    if (objection.ok()) return pem;
  }
  return objection;
}

}  // namespace iocd::tls
