#pragma once

namespace iocctl {

/// What `iocctl watch` says in one language; $0, $1, … are filled in.
struct WatchWords {
  const char* standing;      // $0 targets, $1 departments
  const char* province;      // the scope
  const char* no_value;      // of a target
  const char* target;        // $0 actual, $1 what is asked, $2 by when
  const char* period;        // $0 indicator, $1 period
  const char* completeness;  // $0 received, $1 due
  const char* due;           // states of a report
  const char* late;
  const char* missing;
  const char* waived;
  const char* came;
  const char* came_late;
};

inline constexpr WatchWords kVietnameseWatch = {
    .standing = "Đang theo dõi: $0 chỉ tiêu, $1 đơn vị.",
    .province = "Toàn tỉnh",
    .no_value = "chưa có số liệu",
    .target = "thực hiện $0, chỉ tiêu $1 ($2)",
    .period = "$0, kỳ $1",
    .completeness = "đã gửi $0 trong $1 báo cáo đến hạn",
    .due = "phải gửi",
    .late = "chậm",
    .missing = "thiếu",
    .waived = "được miễn",
    .came = "đã gửi",
    .came_late = "đã gửi, chậm",
};

inline constexpr WatchWords kEnglishWatch = {
    .standing = "Watching. Targets: $0; departments: $1.",
    .province = "Province",
    .no_value = "no value",
    .target = "actual $0, target $1 ($2)",
    .period = "$0, period $1",
    .completeness = "has sent $0 of $1 reports that are due",
    .due = "due",
    .late = "late",
    .missing = "missing",
    .waived = "waived",
    .came = "sent",
    .came_late = "sent late",
};

}  // namespace iocctl
