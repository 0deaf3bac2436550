#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>
#include <vector>

#include "base/timestamp.h"
#include "tls/material.h"

namespace iocd::testing {

/// A certificate with its key, as PEM texts.
struct IssuedCertificate {
  std::string certificate, key;
};

/// What a certificate is to say.
struct CertificateWishes {
  std::string common_name = "test";
  std::vector<std::string> uris;                                // any bytes
  std::vector<std::string> addresses;                           // "127.0.0.1"
  Timestamp not_before = Timestamp::FromSeconds(946'684'800);   // 2000
  Timestamp not_after = Timestamp::FromSeconds(4'102'444'800);  // 2100
};

/// A small authority, made anew for each test, so that nothing that is kept in the tree expires.
class Authority {
 public:
  explicit Authority(const CertificateWishes& wishes = {.common_name = "authority"});
  ~Authority();

  const std::string& certificate() const { return own_.certificate; }  // PEM
  IssuedCertificate Issue(const CertificateWishes& wishes) const;

 private:
  IssuedCertificate own_;
  std::shared_ptr<X509> parsed_;
  std::shared_ptr<EVP_PKEY> key_;
};

/// Of a server on 127.0.0.1 whose certificate `signer` makes; `client_ca` as in tls/material.h.
std::shared_ptr<const tls::TlsMaterial> ServerMaterial(const Authority& signer,
                                                       const std::string& client_ca);

/// The key as PEM, encrypted.
std::string Encrypted(const std::string& key, const std::string& passphrase);

}  // namespace iocd::testing
