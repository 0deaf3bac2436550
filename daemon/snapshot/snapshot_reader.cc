#include "snapshot/snapshot_reader.h"

#include <utility>

#include "absl/strings/str_cat.h"

namespace iocd::snapshot {

absl::StatusOr<SnapshotReader> SnapshotReader::Open(std::unique_ptr<RandomAccessFile> file) {
  SnapshotReader reader(std::move(file));
  auto size = reader.file_->Size();
  if (!size.ok()) return size.status();
  reader.size_ = *size;
  std::string bytes;
  absl::Status read = reader.file_->Read(0, kHeadBytes, &bytes);
  if (!read.ok()) return read;
  auto head = DecodeHead(bytes);
  if (!head.ok()) return head.status();
  reader.head_ = *head;
  reader.offset_ = kHeadBytes;
  return reader;
}

absl::StatusOr<std::optional<Section>> SnapshotReader::Next() {
  absl::Status read = file_->Read(offset_, kSectionHeaderBytes, &header_);
  if (!read.ok()) return read;
  if (header_.size() < kSectionHeaderBytes) return Damaged("it is cut off");
  const SectionHeader header = DecodeSectionHeader(header_);
  if (header.length > kMaxSectionBytes || header.length > size_ - offset_ - kSectionHeaderBytes ||
      header.index != index_) {
    return Damaged("no section stands there");
  }
  read = file_->Read(offset_ + kSectionHeaderBytes, header.length, &payload_);
  if (!read.ok()) return read;
  if (payload_.size() != header.length) return Damaged("a section is cut off");
  if (!ChecksumIsRight(header_, payload_)) return Damaged("a section fails its checksum");
  const std::uint64_t next = offset_ + kSectionHeaderBytes + header.length;
  if (header.type == kEndSection) {
    if (next != size_) return Damaged("bytes follow its end");
    end_ = header.covered;
    return std::nullopt;
  }
  offset_ = next;
  ++index_;
  return Section{header.type, header.covered, payload_};
}

absl::Status SnapshotReader::Damaged(absl::string_view what) const {
  return absl::DataLossError(absl::StrCat("at byte ", offset_, ": ", what));
}

}  // namespace iocd::snapshot
