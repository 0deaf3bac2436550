#pragma once

namespace iocctl {

/// What `iocctl targets` says in one language.
struct TargetsWords {
  const char *status, *target, *deadline, *actual, *date, *expected, *indicator;
  const char *province, *no_deadline, *now, *superseded, *none;
  const char *maintain, *baseline, *milestones, *note;
};

inline constexpr TargetsWords kVietnameseTargetsWords = {
    .status = "TRẠNG THÁI",
    .target = "MỤC TIÊU",
    .deadline = "THỜI HẠN",
    .actual = "THỰC HIỆN",
    .date = "SỐ LIỆU CỦA",
    .expected = "KỲ VỌNG",
    .indicator = "CHỈ SỐ",
    .province = "Toàn tỉnh",
    .no_deadline = "không có",
    .now = "hiện nay",
    .superseded = "đã được thay thế",
    .none = "Không có chỉ tiêu nào trong phạm vi này.",
    .maintain = "phải giữ vững trong mọi kỳ",
    .baseline = "mốc gốc ",
    .milestones = "mốc giữa kỳ ",
    .note = "ghi chú: ",
};

inline constexpr TargetsWords kEnglishTargetsWords = {
    .status = "STATUS",
    .target = "TARGET",
    .deadline = "DEADLINE",
    .actual = "ACTUAL",
    .date = "AS OF",
    .expected = "EXPECTED",
    .indicator = "INDICATOR",
    .province = "The whole province",
    .no_deadline = "none",
    .now = "now",
    .superseded = "superseded",
    .none = "There are no targets in this scope.",
    .maintain = "must hold in every period",
    .baseline = "baseline ",
    .milestones = "milestones ",
    .note = "note: ",
};

}  // namespace iocctl
