#include "iocctl/backup_view.h"

#include "absl/strings/str_cat.h"
#include "backup/manifest.h"
#include "eventlog/group_format.h"
#include "google/protobuf/struct.pb.h"
#include "iocctl/bytes_text.h"
#include "iocctl/json_text.h"
#include "iocctl/local_text.h"

namespace iocctl {
namespace {

using ioc::v1::BackupManifest;

std::string BatchesText(const BackupManifest& manifest) {
  return absl::StrCat(manifest.batches(), " batches, ", manifest.events(), " events in the log");
}

/// The last batch, and whether there were any that the log no longer holds.
std::string NewestText(const BackupManifest& manifest) {
  if (!manifest.has_newest_arrival()) return "none";
  const bool whole =
      manifest.files_size() > 0 &&
      manifest.files(0).name() == absl::StrCat("log/", iocd::eventlog::SegmentName(0));
  return absl::StrCat("arrived ", LocalText(manifest.newest_arrival()),
                      whole ? "" : "\n  Older     than the log: in the snapshots alone");
}

}  // namespace

std::string BackupText(const std::string& directory, const BackupManifest& manifest) {
  return absl::StrCat(
      "Backed up and verified: ", directory, "\n",                                 //
      "  Daemon    ", manifest.territory(), " at ", manifest.daemon(), ", iocd ",  //
      manifest.iocd_version(), "\n",                                               //
      "  Files     ", manifest.files_size(), ", ", BytesText(ioc::backup::BytesOf(manifest)), "\n",
      "  Holds     ", BatchesText(manifest), "\n",  //
      "  Newest    ", NewestText(manifest), "\n",   //
      "  State     ", manifest.state_digest(), " (computed from the copy)\n",
      ioc::backup::HoldsLedger(manifest) ? ""
                                         : "  Ledger    not in it; the daemon's log says why\n",
      "Configuration and identities are not in it: keep them elsewhere too.\n");
}

std::string RestoreText(const std::string& backup, const std::string& data_directory,
                        const BackupManifest& manifest) {
  return absl::StrCat(
      "Restored and verified: ", BatchesText(manifest), ", equal to the backup\n",  //
      "  Backup    ", backup, ", made ", LocalText(manifest.made_at()), " from ",   //
      manifest.territory(), ", iocd ", manifest.iocd_version(), "\n",               //
      "  Newest    ", NewestText(manifest), "\n",                                   //
      "  Start it  iocd --config FILE --data-dir ", data_directory, "\n",           //
      "What was acknowledged after that is not in it and has to be sent again by those who sent "
      "it.\n'iocctl spool status' on each sender tells whether the daemon lacks anything, 'iocctl "
      "resume'\nup to which sequence it has all of a producer. docs/backup.md says how.\n");
}

std::string BackupJson(absl::string_view key, const std::string& path,
                       const BackupManifest& manifest) {
  google::protobuf::Struct object = ToJsonObject(manifest);
  auto& fields = *object.mutable_fields();
  fields[std::string(key)].set_string_value(path);
  fields["files"].set_number_value(manifest.files_size());
  for (const auto& [name, number] :
       {std::pair<const char*, std::uint64_t>{"bytes", ioc::backup::BytesOf(manifest)},
        {"position", manifest.position()},
        {"batches", manifest.batches()},
        {"events", manifest.events()}}) {
    fields[name].set_number_value(static_cast<double>(number));
  }
  return ToJson(object);
}

}  // namespace iocctl
