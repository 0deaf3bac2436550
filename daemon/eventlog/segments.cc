#include "eventlog/segments.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::eventlog {
namespace {

absl::Status OtherVersion(absl::string_view path, std::uint32_t version) {
  const absl::string_view which = version > kFormatVersion ? "newer" : "older";
  return absl::FailedPreconditionError(absl::StrCat(
      "the event log ", path, " was written by ", version > kFormatVersion ? "a " : "an ", which,
      " iocd (format ", version, "); this one reads format ", kFormatVersion, ": start the ", which,
      " one, or restore a backup that this one made with 'iocctl restore'. Nothing was "
      "changed."));
}

/// The segment, or nullopt if its header is not sound although the version does not say why.
absl::StatusOr<std::optional<Segment>> ReadHeader(FileSystem& file_system, const std::string& path,
                                                  std::uint64_t* file_bytes) {
  auto file = file_system.OpenForRead(path);
  if (!file.ok()) return file.status();
  auto size = (*file)->Size();
  if (!size.ok()) return size.status();
  *file_bytes = *size;
  auto header = ReadSegmentHeader(**file, path);
  if (!header.ok()) return header.status();
  if (!header->has_value()) return std::nullopt;
  return Segment{**header, *size};
}

}  // namespace

std::string SegmentPath(const std::string& directory, std::uint64_t base) {
  return absl::StrCat(directory, "/", SegmentName(base));
}

absl::Status DamagedLog(absl::string_view path, std::uint64_t offset, absl::string_view what) {
  return absl::DataLossError(absl::StrCat(
      "the event log is damaged: ", path, " at byte ", offset, ": ", what,
      ". The log was not changed. The ways on: accept the loss of what is damaged with 'iocctl log "
      "mend', or restore a backup with 'iocctl restore'."));
}

absl::StatusOr<std::optional<SegmentHeader>> ReadSegmentHeader(const RandomAccessFile& file,
                                                               absl::string_view path) {
  std::string bytes;
  absl::Status read = file.Read(0, kSegmentHeaderBytes, &bytes);
  if (!read.ok()) return read;
  if (const auto version = OtherFormatVersion(bytes)) return OtherVersion(path, *version);
  return DecodeSegmentHeader(bytes);
}

absl::StatusOr<Segments> ListSegments(FileSystem& file_system, const std::string& directory) {
  auto names = file_system.List(directory);
  if (!names.ok()) return names.status();
  std::vector<std::uint64_t> bases;
  for (const std::string& name : *names) {
    if (const auto base = ParseSegmentName(name)) bases.push_back(*base);
  }
  Segments segments;
  absl::Status damage;  // told only if no version says more
  for (std::size_t i = 0; i < bases.size(); ++i) {
    const std::string path = SegmentPath(directory, bases[i]);
    const bool last = i + 1 == bases.size();
    std::uint64_t file_bytes = 0;
    auto segment = ReadHeader(file_system, path, &file_bytes);
    if (!segment.ok()) return segment.status();
    if (!segment->has_value() && last && file_bytes <= kSegmentHeaderBytes) {
      segments.half_made = bases[i];
    } else if (!segment->has_value() || (*segment)->header.base != bases[i]) {
      damage.Update(DamagedLog(path, 0, "no header of this segment stands there"));
    } else if (!last && bases[i] + file_bytes < bases[i + 1]) {
      damage.Update(DamagedLog(
          path, file_bytes,
          absl::StrCat("the file ends there, although segment ", SegmentName(bases[i + 1]),
                       " continues from byte ", bases[i + 1] - bases[i])));
    } else {
      segments.sound.push_back(**segment);
    }
  }
  if (!damage.ok()) return damage;
  return segments;
}

}  // namespace iocd::eventlog
