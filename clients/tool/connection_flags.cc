#include "tool/connection_flags.h"

#include <CLI/CLI.hpp>

namespace ioc::tool {

void AddConnectionFlags(CLI::App& app, std::string& target, client::ChannelSecurity& security) {
  app.add_option("--target", target, "HOST:PORT of the daemon")->capture_default_str();
  const auto add_file = [&](const char* flag, const char* variable, std::string& file,
                            const char* help) {
    app.add_option(flag, file, help)->type_name("FILE")->envname(variable);
  };
  add_file("--ca", "IOC_CA", security.ca_file, "Speak TLS; who signs the daemon's certificate");
  add_file("--cert", "IOC_CERT", security.certificate_file, "Certificate to show, with --key");
  add_file("--key", "IOC_KEY", security.key_file, "Key of --cert");
  add_file("--token-file", "IOC_TOKEN_FILE", security.token_file, "Token to show, one line");
}

}  // namespace ioc::tool
