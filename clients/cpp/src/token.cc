#include "token.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <map>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace ioc::client {
namespace {

constexpr std::size_t kMaxTokenBytes = 4 * 1024;

class TokenPlugin final : public grpc::MetadataCredentialsPlugin {
 public:
  explicit TokenPlugin(const std::string& token) : value_(absl::StrCat("Bearer ", token)) {}

  bool IsBlocking() const override { return false; }
  const char* GetType() const override { return "token"; }
  grpc::string DebugString() override { return "token"; }  // never the token itself
  grpc::Status GetMetadata(grpc::string_ref /*url*/, grpc::string_ref /*method*/,
                           const grpc::AuthContext& /*channel*/,
                           std::multimap<grpc::string, grpc::string>* metadata) override {
    metadata->emplace("authorization", value_);
    return grpc::Status::OK;
  }

 private:
  const std::string value_;
};

}  // namespace

absl::StatusOr<std::string> ReadToken(const std::string& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  std::string content(kMaxTokenBytes + 1, '\0');
  stream.read(content.data(), static_cast<std::streamsize>(content.size()));
  if (!stream.is_open() || stream.bad()) {
    const int error = errno == 0 ? EIO : errno;
    return absl::Status(absl::ErrnoToStatusCode(error),
                        absl::StrCat("the token cannot be read from the file '", file,
                                     "': ", std::strerror(error)));
  }
  content.resize(static_cast<std::size_t>(stream.gcount()));
  const absl::string_view token = absl::StripAsciiWhitespace(content);
  const bool is_one =
      std::all_of(token.begin(), token.end(), [](char c) { return absl::ascii_isgraph(c); });
  if (!token.empty() && is_one && content.size() <= kMaxTokenBytes) return std::string(token);
  return absl::InvalidArgumentError(
      absl::StrCat("the file '", file, "' holds ", token.empty() ? "no token" : "more than a token",
                   "; it should be one line of letters, digits and signs"));
}

std::shared_ptr<grpc::CallCredentials> TokenCredentials(const std::string& token,
                                                        grpc_security_level least) {
  return grpc::experimental::MetadataCredentialsFromPlugin(std::make_unique<TokenPlugin>(token),
                                                           least);
}

}  // namespace ioc::client
