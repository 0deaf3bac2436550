#pragma once

#include <gtest/gtest.h>

#include <string>

#include "absl/status/statusor.h"
#include "backup/receiver.h"
#include "base/posix_file_system.h"
#include "engine/backup_files.h"
#include "ioc/v1/backup.pb.h"
#include "support/engine_harness.h"
#include "support/temporary_directory.h"

namespace ioc::backup {

/// An engine with three segments, two snapshots and batches behind them, and backups of it in a
/// directory of their own: as 'iocctl backup' makes them, without the wire between.
class BackupFixture : public ::testing::Test {
 protected:
  void SetUp() override;

  void Push(std::uint64_t sequence);
  iocd::engine::BackupFiles OpenBackup();

  /// What AdminService.Backup sends goes to the receiver, up to the first error.
  static absl::Status Send(const iocd::engine::BackupFiles& backup, Receiver* receiver);

  /// Makes a backup in `directory`, which exists and is empty.
  static absl::StatusOr<v1::BackupManifest> Make(const iocd::engine::BackupFiles& backup,
                                                 iocd::FileSystem& file_system,
                                                 const std::string& directory);

  static std::string Read(const std::string& path);
  static void Write(const std::string& path, const std::string& bytes);

  iocd::testing::EngineHarness harness_;
  const iocd::testing::TemporaryDirectory directory_;
};

}  // namespace ioc::backup
