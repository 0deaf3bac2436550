#pragma once

#include <cstddef>

#include "iocctl/report_standing.h"

namespace iocctl {

/// What `iocctl status` and `iocctl reports` say of reports in one language; $0, $1, … are filled
/// in.
struct ReportWords {
  const char* standings[9];  // by Standing
  const char *department, *indicator, *period, *state, *due, *note;
  const char *late, *missing, *last_sent, *reports, *late_from, *due_by, *names, *on_time,
      *came_due, *share;
  const char *realtime, *never, *received, *heard, *never_heard, *more;
  const char *late_or_missing, *in_grace, *due_today, *later, *waived, *others, *each, *year;

  const char* Of(Standing standing) const { return standings[static_cast<std::size_t>(standing)]; }
};

inline constexpr ReportWords kVietnameseReports = {
    .standings = {"chậm", "thiếu", "còn trong thời gian gia hạn", "phải gửi hôm nay",
                  "chưa đến hạn", "được miễn", "đã gửi, chậm", "đã gửi", "chưa phải gửi"},
    .department = "ĐƠN VỊ",
    .indicator = "CHỈ SỐ",
    .period = "KỲ",
    .state = "TRẠNG THÁI",
    .due = "HẠN GỬI",
    .note = "GHI CHÚ",
    .late = "CHẬM",
    .missing = "THIẾU",
    .last_sent = "GỬI LẦN CUỐI",
    .reports = "SỐ BÁO CÁO",
    .late_from = "CHẬM KỂ TỪ",
    .due_by = "TRƯỚC",
    .names = "BÁO CÁO",
    .on_time = "ĐÚNG HẠN",
    .came_due = "ĐÃ ĐẾN HẠN",
    .share = "TỶ LỆ ĐÚNG HẠN",
    .realtime = "thời gian thực",
    .never = "chưa lần nào",
    .received = "nhận lúc $0",
    .heard = "số liệu cuối đến lúc $0",
    .never_heard = "chưa có số liệu nào",
    .more = "và $0 báo cáo khác",
    .late_or_missing = "Báo cáo chậm hoặc thiếu",
    .in_grace = "Đã đến hạn, còn trong thời gian gia hạn",
    .due_today = "Còn phải gửi hôm nay",
    .later = "Đến hạn sau hôm nay: $0 báo cáo.",
    .waived = "Được miễn: $0 báo cáo.",
    .others = "Các báo cáo khác",
    .each = "Từng báo cáo: --all, hoặc --scope với mã đơn vị.",
    .year = "Năm $0, tính đến $4: $1 báo cáo đã đến hạn, $2 đúng hạn, $3 chậm.",
};

inline constexpr ReportWords kEnglishReports = {
    .standings = {"late", "missing", "in grace", "due today", "due later", "waived", "sent late",
                  "sent", "nothing owed yet"},
    .department = "DEPARTMENT",
    .indicator = "INDICATOR",
    .period = "PERIOD",
    .state = "STATE",
    .due = "DUE",
    .note = "NOTE",
    .late = "LATE",
    .missing = "MISSING",
    .last_sent = "LAST SENT",
    .reports = "REPORTS",
    .late_from = "LATE FROM",
    .due_by = "BY",
    .names = "WHICH",
    .on_time = "ON TIME",
    .came_due = "CAME DUE",
    .share = "SHARE ON TIME",
    .realtime = "real time",
    .never = "never",
    .received = "received $0",
    .heard = "last heard $0",
    .never_heard = "never heard",
    .more = "and $0 more",
    .late_or_missing = "Late or missing reports",
    .in_grace = "Came due, within the days of grace",
    .due_today = "Still due today",
    .later = "Due after today: $0 reports.",
    .waived = "Waived: $0 reports.",
    .others = "Other reports",
    .each = "Each report: --all, or --scope with a department's code.",
    .year = "Year $0, until $4: $1 reports came due, $2 on time, $3 late.",
};

}  // namespace iocctl
