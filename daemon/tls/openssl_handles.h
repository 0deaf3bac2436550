#pragma once

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include <memory>

namespace iocd::tls {

/// OpenSSL's objects, each with the function that frees it.
template <auto free>
struct Freeing {
  template <typename T>
  void operator()(T* object) const {
    free(object);
  }
};

using Bio = std::unique_ptr<BIO, Freeing<&BIO_free_all>>;
using Certificate = std::unique_ptr<X509, Freeing<&X509_free>>;
using PrivateKey = std::unique_ptr<EVP_PKEY, Freeing<&EVP_PKEY_free>>;
using AlternativeNames = std::unique_ptr<GENERAL_NAMES, Freeing<&GENERAL_NAMES_free>>;
using ContextHandle = std::unique_ptr<SSL_CTX, Freeing<&SSL_CTX_free>>;

}  // namespace iocd::tls
