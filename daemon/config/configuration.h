#pragma once

#include <cstdint>
#include <string>
#include <variant>
#include <vector>

#include "base/timestamp.h"
#include "domain/catalogue.h"

namespace iocd::config {

/// What iocd.yaml says beside the catalogue. Paths are relative to the file that names them, except
/// data_dir, which is relative to the working directory.
struct Settings {
  std::string data_dir = "./var";
  std::string grpc_listen = "127.0.0.1:7443";
  std::string http_listen = "127.0.0.1:7480";
  std::vector<std::string> catalogue_files;

  // log: a segment is preallocated with so many bytes; segments go once all their events are older
  // than the retention and a snapshot holds the state, or earlier where all would be too large.
  std::uint64_t log_segment_bytes = std::uint64_t{256} << 20;
  Duration log_retention = Duration::Days(35);
  std::uint64_t log_max_bytes = std::uint64_t{100} << 30;

  // snapshots: one is written after so much new log, or after so long if there is any.
  std::uint64_t snapshot_every_bytes = std::uint64_t{1} << 30;
  Duration snapshot_every = Duration::Seconds(15 * 60);
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
};

/// Reads a configuration file and the catalogue files that it names. Returns it, or every mistake
/// that was found, in the order of files and lines. Unknown keys are mistakes. No exception leaves
/// it.
std::variant<Configuration, std::vector<Mistake>> Load(const std::string& path);

}  // namespace iocd::config
