#pragma once

#include <string>

namespace iocctl {

/// Word, colour and rank (the worst is 0) of a target's status.
struct StatusWord {
  const char* status;
  const char* vi;
  const char* color;
};

/// All states, the worst first.
inline constexpr StatusWord kStatusWords[] = {
    {"lagging", "chậm tiến độ", "31"},
    {"missed", "không đạt", "31"},
    {"regressed", "thụt lùi", "31"},
    {"at_risk", "có nguy cơ", "33"},
    {"awaiting_final", "chờ số chính thức", "33"},
    {"no_data", "chưa có số liệu", "2"},
    {"no_baseline", "chưa có mốc gốc", "2"},
    {"no_deadline", "không thời hạn", "2"},
    {"too_early", "quá sớm để đánh giá", "2"},
    {"on_track", "đúng tiến độ", "32"},
    {"achieved", "đã đạt", "32"},
};

/// Headings in one language.
struct Headings {
  const char *departments, *code, *name, *last_seen, *age, *never;
  const char *targets, *status, *scope, *indicator, *actual, *expected, *target, *deadline, *owner;
};

inline constexpr Headings kEnglish = {"Departments", "CODE",     "NAME",   "LAST SEEN", "AGE",
                                      "never",       "Targets",  "STATUS", "SCOPE",     "INDICATOR",
                                      "ACTUAL",      "EXPECTED", "TARGET", "DEADLINE",  "OWNER"};
inline constexpr Headings kVietnamese = {"Đơn vị",   "MÃ",       "TÊN",       "GỬI LẦN CUỐI",
                                         "CÁCH ĐÂY", "chưa gửi", "Chỉ tiêu",  "TRẠNG THÁI",
                                         "PHẠM VI",  "CHỈ SỐ",   "THỰC HIỆN", "KỲ VỌNG",
                                         "MỤC TIÊU", "THỜI HẠN", "CHỦ TRÌ"};

}  // namespace iocctl
