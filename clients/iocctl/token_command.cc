#include <iostream>
#include <optional>
#include <string>

#include "absl/strings/str_cat.h"
#include "access/token.h"
#include "base/system_clock.h"
#include "domain/civil_date.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/json_text.h"

namespace iocctl {
namespace {

struct Fresh {
  std::string token, id, hash;
};

/// The line for the file of identities.
std::string EntryLine(const Fresh& fresh, const std::string& until) {
  return absl::StrCat("- {id: ", fresh.id, ", hash: \"", fresh.hash, "\"",
                      until.empty() ? "" : absl::StrCat(", until: ", until), "}");
}

void PrintForPeople(const Fresh& fresh, const std::string& until) {
  std::cout << "The token, for its owner alone; it is shown this once and kept nowhere:\n\n    "
            << fresh.token
            << "\n\nUnder 'tokens' of its identity, in the file of identities; then reload:\n\n    "
            << EntryLine(fresh, until) << "\n";
}

void PrintJson(const Fresh& fresh, const std::string& until) {
  google::protobuf::Struct object;
  auto& fields = *object.mutable_fields();
  fields["token"].set_string_value(fresh.token);
  fields["id"].set_string_value(fresh.id);
  fields["hash"].set_string_value(fresh.hash);
  if (!until.empty()) fields["until"].set_string_value(until);
  std::cout << ToJson(object) << "\n";
}

}  // namespace

int RunTokenNew(const CommonOptions& common, const std::string& until) {
  const auto end = iocd::domain::ParseDateOrYearEnd(until);
  if (!until.empty() && !end) {
    return Fail(kBadUsage,
                absl::StrCat("--until '", until,
                             "' is no date; write 2027-12-31: the token is good until that day "
                             "begins"));
  }
  if (end && end->Start() <= iocd::SystemClock().Now()) {
    return Fail(kBadUsage,
                absl::StrCat("--until '", until, "' has passed: nobody would be let in"));
  }
  const std::string token = iocd::access::NewToken();
  const std::optional<std::string> hash = iocd::access::HashToken(token);
  if (!hash) {
    return Fail(kFailed, "hashing a token takes 64 MiB of memory, which could not be had");
  }
  const Fresh fresh{token, std::string(*iocd::access::TokenId(token)), *hash};
  common.json ? PrintJson(fresh, until) : PrintForPeople(fresh, until);
  return kDone;
}

}  // namespace iocctl
