#include <iostream>
#include <memory>

#include "absl/strings/str_cat.h"
#include "absl/time/clock.h"
#include "backup/manifest.h"
#include "backup/partial_directory.h"
#include "backup/receiver.h"
#include "backup/seal.h"
#include "base/posix_file_system.h"
#include "grpcpp/client_context.h"
#include "ioc/client/channel.h"
#include "ioc/v1/admin.grpc.pb.h"
#include "iocctl/backup_view.h"
#include "iocctl/commands.h"
#include "iocctl/exit_code.h"
#include "iocctl/terminal.h"
#include "tool/daemon_query.h"

namespace iocctl {
namespace {

using ioc::backup::PartialDirectory;

/// Why there is no whole backup: the daemon gave none, or its sending broke off.
absl::Status NoBackup(const grpc::Status& status, const std::string& target, bool began) {
  if (status.error_code() == grpc::StatusCode::UNIMPLEMENTED) {
    return absl::UnimplementedError(
        absl::StrCat("the daemon at ", target, " is older than this iocctl and gives no backups"));
  }
  const absl::Status told = ioc::tool::ForPeople(
      absl::Status(static_cast<absl::StatusCode>(status.error_code()), status.error_message()),
      target);
  const std::string broke_off = absl::StrCat("the transfer from ", target, " broke off: ");
  return absl::Status(told.code(),
                      absl::StrCat("no backup was made: ", began ? broke_off : "", told.message()));
}

/// Lets the daemon send its files into `directory`.
absl::StatusOr<ioc::v1::BackupManifest> Receive(const std::string& target,
                                                const std::shared_ptr<grpc::Channel>& channel,
                                                const std::string& directory) {
  ioc::backup::Receiver receiver(iocd::PosixFileSystem(), directory);
  TransferProgress progress("received");
  const auto stub = ioc::v1::AdminService::NewStub(channel);
  grpc::ClientContext context;
  const auto stream = stub->Backup(&context, {});
  ioc::v1::BackupPart part;
  while (stream->Read(&part)) {
    absl::Status taken = receiver.Take(part);
    if (!taken.ok()) {
      context.TryCancel();
      (void)stream->Finish();
      return taken;
    }
    progress.Show(receiver.bytes(), receiver.total_bytes());
  }
  const grpc::Status ended = stream->Finish();
  if (!ended.ok()) return NoBackup(ended, target, receiver.total_bytes() > 0);
  return receiver.Finish();
}

/// Receives, checks, seals: all that goes on under the provisional name.
absl::StatusOr<ioc::v1::BackupManifest> Make(const std::string& target,
                                             const std::shared_ptr<grpc::Channel>& channel,
                                             const std::string& directory) {
  const absl::Time began = absl::Now();
  auto received = Receive(target, channel, directory);
  if (!received.ok()) return received;
  received->set_daemon(target);
  const timespec made_at = absl::ToTimespec(began);
  received->mutable_made_at()->set_seconds(made_at.tv_sec);
  received->mutable_made_at()->set_nanos(static_cast<std::int32_t>(made_at.tv_nsec));
  TransferProgress progress("checking what was received");
  progress.Show(0, 0);
  return ioc::backup::Seal(iocd::PosixFileSystem(), directory, *std::move(received));
}

}  // namespace

int RunBackup(const CommonOptions& common, const std::string& directory) {
  const auto channel = ioc::client::Connect(common.target, common.security);
  if (!channel.ok()) return Fail(kBadUsage, channel.status().message());
  const auto claimed = PartialDirectory::Claim(iocd::PosixFileSystem(), directory,
                                               PartialDirectory::Target::kMissing);
  if (!claimed.ok()) return Fail(ExitCodeOf(claimed.status()), claimed.status().message());
  const auto manifest = Make(common.target, *channel, (*claimed)->partial());
  if (!manifest.ok()) return Fail(kFailed, manifest.status().message());
  const absl::Status published = (*claimed)->Publish();
  if (!published.ok()) return Fail(kFailed, published.message());
  if (common.json) {
    std::cout << BackupJson("directory", (*claimed)->path(), *manifest) << "\n";
  } else {
    std::cout << BackupText((*claimed)->path(), *manifest);
  }
  return kDone;
}

}  // namespace iocctl
