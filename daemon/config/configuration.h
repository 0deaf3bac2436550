#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "access/quota.h"
#include "access/rules.h"
#include "base/limits.h"
#include "base/timestamp.h"
#include "domain/catalogue.h"
#include "tls/material.h"

namespace iocd::config {

/// What iocd.yaml says beside the catalogue. Paths are relative to the file that names them, except
/// data_dir, which is relative to the working directory.
struct Settings {
  std::string data_dir = "./var";
  std::string grpc_listen = "127.0.0.1:7443";
  std::string http_listen = "127.0.0.1:7480";
  std::vector<std::string> catalogue_files;
  std::string access_file;           // of identities; empty: open mode
  std::optional<tls::TlsFiles> tls;  // of both servers; nullopt: plain

  // log: a segment ends once it has reached so many bytes; the oldest goes once two snapshots stand
  // for it and its newest batch arrived longer ago than the retention, or all are too large.
  std::uint64_t log_segment_bytes = limits::kSegmentBytes;
  Duration log_retention = limits::kDefaultRetention;
  std::uint64_t log_max_bytes = limits::kDefaultMaxLogBytes;

  // snapshots: one is written after so much new log, or after so long if there is any.
  std::uint64_t snapshot_every_bytes = limits::kDefaultSnapshotEveryBytes;
  Duration snapshot_every = limits::kDefaultSnapshotEvery;

  // limits: what one department, and all of them together, may use.
  access::Quotas quotas;
};

/// One mistake, with its place: "config/iocd.yaml:12:5: unknown key 'grcp'; allowed: …".
struct Mistake {
  std::string file;
  int line = 0, column = 0;  // from 1; 0 where the file as a whole is meant
  std::string message;

  std::string ToText() const;
};

struct Configuration {
  Settings settings;
  domain::Catalogue catalogue;
  std::shared_ptr<const access::Rules> access;  // nullptr: open mode
};

/// Reads a configuration file and the catalogue files that it names. Returns it, or every mistake
/// that was found, in the order of files and lines. Unknown keys are mistakes. No exception leaves
/// it.
std::variant<Configuration, std::vector<Mistake>> Load(const std::string& path);

}  // namespace iocd::config
