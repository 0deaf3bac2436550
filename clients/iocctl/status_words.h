#pragma once

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <string>

namespace iocctl {

/// Words, colour and rank (the worst is 0) of a target's status. What is well comes last, and is
/// only counted unless everything is asked for.
struct StatusWord {
  const char* status;
  const char *vi, *en;
  const char* color;
  bool well = false;
};

/// All states, the worst first, as on the wall.
inline constexpr StatusWord kStatusWords[] = {
    {"missed", "không đạt", "missed", "31"},
    {"regressed", "thụt lùi", "regressed", "31"},
    {"lagging", "chậm tiến độ", "lagging", "31"},
    {"at_risk", "có nguy cơ", "at risk", "33"},
    {"awaiting_final", "chờ số chính thức", "awaiting final figure", "33"},
    {"no_baseline", "chưa có mốc gốc", "no baseline", "2"},
    {"no_data", "chưa có số liệu", "no data", "2"},
    {"too_early", "quá sớm để đánh giá", "too early to tell", "2"},
    {"no_deadline", "không thời hạn", "no deadline", "2"},
    {"on_track", "đúng tiến độ", "on track", "32", true},
    {"achieved", "đã đạt", "achieved", "32", true},
};

/// Its place among kStatusWords; of a newer daemon's status the one after all of them.
inline std::size_t StatusRank(const std::string& status) {
  const auto* found = std::find_if(std::begin(kStatusWords), std::end(kStatusWords),
                                   [&](const StatusWord& word) { return word.status == status; });
  return static_cast<std::size_t>(found - std::begin(kStatusWords));
}

/// nullptr: a status of a newer daemon.
inline const StatusWord* FindStatusWord(const std::string& status) {
  const std::size_t rank = StatusRank(status);
  return rank == std::size(kStatusWords) ? nullptr : &kStatusWords[rank];
}

/// What `iocctl status` says of targets in one language; $0, $1, … are filled in.
struct TargetWords {
  const char *title, *status, *scope, *indicator, *actual, *expected, *target, *deadline, *owner;
  const char *province, *no_deadline, *none, *not_shown;
};

inline constexpr TargetWords kVietnameseTargets = {
    .title = "Chỉ tiêu",
    .status = "TRẠNG THÁI",
    .scope = "PHẠM VI",
    .indicator = "CHỈ SỐ",
    .actual = "THỰC HIỆN",
    .expected = "KỲ VỌNG",
    .target = "MỤC TIÊU",
    .deadline = "THỜI HẠN",
    .owner = "CHỦ TRÌ",
    .province = "toàn tỉnh",
    .no_deadline = "không có",
    .none = "Không có chỉ tiêu nào trong phạm vi này.",
    .not_shown = "Không liệt kê: $0 (--all liệt kê cả).",
};

inline constexpr TargetWords kEnglishTargets = {
    .title = "Targets",
    .status = "STATUS",
    .scope = "SCOPE",
    .indicator = "INDICATOR",
    .actual = "ACTUAL",
    .expected = "EXPECTED",
    .target = "TARGET",
    .deadline = "DEADLINE",
    .owner = "OWNER",
    .province = "whole province",
    .no_deadline = "none set",
    .none = "There are no targets in this scope.",
    .not_shown = "Not listed: $0 (--all lists them).",
};

}  // namespace iocctl
