#include "audit/chain.h"

#include <memory>
#include <optional>

#include "absl/functional/function_ref.h"
#include "absl/strings/str_cat.h"
#include "base/limits.h"

namespace iocd::audit {
namespace {

constexpr std::size_t kChunkBytes = 1024 * 1024;

/// Knows what has to come next in the chain.
class Expected {
 public:
  explicit Expected(bool from_start) {
    if (from_start) previous_ = Head{0, NoHash()};
  }

  /// Why a line cannot stand here; empty: it can. From then on its successor is expected.
  std::string Judge(const std::optional<Link>& link);

  /// Of the last line that has its form.
  const std::optional<Head>& head() const { return head_; }

 private:
  std::string JudgePlace(const Link& link) const;

  std::optional<Head> previous_;  // nullopt: not known, anything may come
  std::optional<Head> head_;
};

std::string Expected::Judge(const std::optional<Link>& link) {
  if (!link) {
    previous_.reset();
    return "this is no line of the audit log: it was edited, put in or damaged";
  }
  std::string why = link->hash_fits ? JudgePlace(*link)
                                    : absl::StrCat("entry ", link->seq,
                                                   " is not what was written: its hash does not "
                                                   "fit, so it was edited or damaged");
  previous_ = head_ = Head{link->seq, link->hash};
  return why;
}

std::string Expected::JudgePlace(const Link& link) const {
  if (!previous_) return "";
  const std::uint64_t due = previous_->seq + 1;
  if (link.seq == due && link.previous == previous_->hash) return "";
  if (link.seq == due) {
    return absl::StrCat("entry ", link.seq,
                        " does not continue the one before it, which says "
                        "something else than when this one was written: one of the two was "
                        "exchanged");
  }
  if (link.seq < due) {
    return absl::StrCat("entry ", link.seq, " stands where ", due,
                        " belongs: entries were moved, repeated or put in");
  }
  if (link.seq == due + 1) return absl::StrCat("entry ", due, " is missing before this line");
  return absl::StrCat("the entries ", due, " to ", link.seq - 1, " are missing before this line");
}

/// Calls `take` with each whole line of a file, without its newline; nullopt: it is longer than any
/// of ours. Returns the bytes up to the end of the last one.
class LineReader {
 public:
  using Take = absl::FunctionRef<void(std::optional<absl::string_view>)>;
  using Progress = absl::FunctionRef<void(std::uint64_t bytes)>;

  LineReader(const RandomAccessFile& file, std::uint64_t size) : file_(file), size_(size) {}

  absl::StatusOr<std::uint64_t> ForEach(Take take, Progress progress) {
    std::uint64_t read = 0;
    while (read < size_) {
      std::string chunk;
      if (absl::Status status = file_.Read(read, kChunkBytes, &chunk); !status.ok()) return status;
      if (chunk.empty()) break;
      read += chunk.size();
      Split(chunk, take);
      progress(chunk.size());
    }
    return whole_;
  }

 private:
  void Split(absl::string_view chunk, Take take) {
    for (std::size_t end = chunk.find('\n'); end != chunk.npos; end = chunk.find('\n')) {
      Keep(chunk.substr(0, end));
      whole_ += begun_bytes_ + 1;
      take(begun_bytes_ > limits::kMaxAuditLineBytes
               ? std::nullopt
               : std::make_optional<absl::string_view>(begun_));
      begun_.clear();
      begun_bytes_ = 0;
      chunk.remove_prefix(end + 1);
    }
    Keep(chunk);
  }

  void Keep(absl::string_view part) {
    begun_bytes_ += part.size();
    if (begun_bytes_ <= limits::kMaxAuditLineBytes) begun_.append(part.data(), part.size());
  }

  const RandomAccessFile& file_;
  const std::uint64_t size_;
  std::string begun_;              // of the line that has not ended yet, as far as it matters
  std::uint64_t begun_bytes_ = 0;  // all of it
  std::uint64_t whole_ = 0;
};

/// One walk.
class Walk {
 public:
  Walk(bool from_start, ChainVisitor& visitor) : visitor_(visitor), expected_(from_start) {}

  absl::StatusOr<ChainSummary> Run(FileSystem& file_system, const std::vector<AuditFile>& files) {
    std::vector<std::unique_ptr<RandomAccessFile>> open;
    std::vector<std::uint64_t> sizes;
    for (const AuditFile& file : files) {
      auto opened = file_system.OpenForRead(file.path);
      if (!opened.ok()) return opened.status();
      const auto size = (*opened)->Size();
      if (!size.ok()) return size.status();
      open.push_back(*std::move(opened));
      sizes.push_back(*size);
      summary_.bytes += *size;
    }
    summary_.files = files.size();
    for (std::size_t i = 0; i < files.size(); ++i) {
      // The file before has an end, since this one was begun behind it.
      if (summary_.torn_bytes > 0) {
        ++place_.line;
        Report("the file ends in the middle of a line, although another one follows it");
      }
      place_ = {files[i].path, 0, ""};
      if (absl::Status read = ReadFile(*open[i], sizes[i]); !read.ok()) return read;
    }
    summary_.head = expected_.head().value_or(Head{0, NoHash()});
    return summary_;
  }

 private:
  absl::Status ReadFile(const RandomAccessFile& file, std::uint64_t size) {
    const auto whole = LineReader(file, size)
                           .ForEach([&](std::optional<absl::string_view> line) { TakeLine(line); },
                                    [&](std::uint64_t bytes) {
                                      visitor_.OnProgress(done_ += bytes, summary_.bytes);
                                    });
    if (!whole.ok()) return whole.status();
    summary_.last_bytes = *whole;
    summary_.torn_bytes = size - *whole;
    return absl::OkStatus();
  }

  void TakeLine(std::optional<absl::string_view> line) {
    ++place_.line;
    const std::optional<Link> link = line ? ParseLink(*line) : std::nullopt;
    const std::string why = expected_.Judge(link);
    if (!why.empty()) Report(why);
    summary_.ends_broken = !link.has_value();
    if (!link) return;
    ++summary_.lines;
    visitor_.OnLine(*link, *line);
  }

  void Report(absl::string_view what) {
    ++summary_.breaks;
    place_.what = std::string(what);
    visitor_.OnBreak(place_);
  }

  ChainVisitor& visitor_;
  Expected expected_;
  ChainSummary summary_;
  Break place_;
  std::uint64_t done_ = 0;
};

}  // namespace

std::string Break::ToText() const { return absl::StrCat(file, ", line ", line, ": ", what); }

absl::StatusOr<ChainSummary> WalkChain(FileSystem& file_system, const std::vector<AuditFile>& files,
                                       bool from_start, ChainVisitor& visitor) {
  return Walk(from_start, visitor).Run(file_system, files);
}

}  // namespace iocd::audit
