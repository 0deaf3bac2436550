#pragma once

namespace iocctl {

/// The sentences of `iocctl spool status` in one language; $0, $1, … are filled in.
struct SpoolWords {
  const char *well, *attention;
  const char *nothing_waits, *waits, *waits_long;
  const char *sender_runs, *no_sender, *no_sender_needed;
  const char *agrees, *lost_data, *lost_noted, *too_old, *no_daemon, *not_now, *daemon_refuses,
      *not_answered_yet, *last_answer, *last_failure;
  const char *none_rejected, *rejected;
  const char *room, *nearly_full;
  const char *disk_well, *disk_refuses;
};

inline constexpr SpoolWords kEnglishSpool = {
    .well = "All is well with the spool in $0 ($1, producer $2).",
    .attention = "The spool in $0 ($1, producer $2) needs attention; see the lines with !.",
    .nothing_waits = "Nothing waits to be sent.",
    .waits = "Waiting: $0 batches, $1 events, the oldest since $2 ($3).",
    .waits_long = "Waiting for too long: $0 batches, $1 events, the oldest since $2 ($3).",
    .sender_runs = "The sender runs.",
    .no_sender =
        "No sender runs, so nothing is sent. Start: iocctl spool send --spool $0 --target "
        "HOST:PORT",
    .no_sender_needed = "No sender runs; nothing waits for one.",
    .agrees = "The centre at $0 answers and has everything that it had confirmed.",
    .lost_data =
        "ALARM: the centre at $0 has batches up to $1 only, but had confirmed up to $2. It "
        "has lost data or was replaced; call its operators.",
    .lost_noted =
        "ALARM: on $0 the centre at $1 no longer had the batches $2 to $3, which it had "
        "confirmed. Their events have to be put in again; then: iocctl spool status --spool $4 "
        "--acknowledge-loss",
    .too_old = "The centre at $0 answers, but is too old to say what it has.",
    .no_daemon = "The centre at $0 does not answer. Is the line up, and is --target right?",
    .not_now = "The centre at $0 cannot say now what it has: $1",
    .daemon_refuses = "The centre at $0 refuses to say what it has: $1",
    .not_answered_yet = "The centre has not confirmed anything yet.",
    .last_answer = "Its last confirmation came on $0 ($1 ago).",
    .last_failure = "The last try to send failed on $0: $1",
    .none_rejected = "No refused events.",
    .rejected =
        "Refused events to look at: $0, the oldest since $1. See: iocctl spool rejected "
        "--spool $2",
    .room = "Room used: $0 of $1 MiB.",
    .nearly_full = "The spool is nearly full: $0 of $1 MiB are used.",
    .disk_well = "The disk takes writes.",
    .disk_refuses = "The spool cannot be written: $0",
};

inline constexpr SpoolWords kVietnameseSpool = {
    .well = "Hàng chờ ở $0 hoạt động tốt (đơn vị $1, hệ thống $2).",
    .attention = "Hàng chờ ở $0 (đơn vị $1, hệ thống $2) cần được xử lý; xem các dòng có dấu !.",
    .nothing_waits = "Không có số liệu nào chờ gửi.",
    .waits = "Đang chờ gửi: $0 lô, $1 số liệu, lâu nhất từ $2 ($3).",
    .waits_long = "Chờ gửi quá lâu: $0 lô, $1 số liệu, lâu nhất từ $2 ($3).",
    .sender_runs = "Chương trình gửi đang chạy.",
    .no_sender =
        "Không có chương trình gửi nào đang chạy nên không gửi được gì. Hãy chạy: iocctl "
        "spool send --spool $0 --target HOST:PORT",
    .no_sender_needed = "Không có chương trình gửi nào đang chạy; cũng không có gì chờ gửi.",
    .agrees = "Trung tâm tại $0 có trả lời và đang giữ đủ mọi số liệu đã xác nhận.",
    .lost_data =
        "BÁO ĐỘNG: trung tâm tại $0 chỉ có các lô đến số $1, nhưng đã xác nhận đến số $2. "
        "Trung tâm đã mất số liệu hoặc đã bị thay thế; hãy báo ngay cho đơn vị vận hành.",
    .lost_noted =
        "BÁO ĐỘNG: lúc $0, trung tâm tại $1 không còn các lô từ số $2 đến số $3 mà trước đó đã "
        "xác nhận. Cần nạp lại các số liệu đó; xong thì chạy: iocctl spool status --spool $4 "
        "--acknowledge-loss",
    .too_old =
        "Trung tâm tại $0 có trả lời, nhưng phiên bản quá cũ nên không cho biết đang giữ gì.",
    .no_daemon = "Trung tâm tại $0 không trả lời. Hãy kiểm tra đường truyền và --target.",
    .not_now = "Trung tâm tại $0 lúc này chưa cho biết được đang giữ gì: $1",
    .daemon_refuses = "Trung tâm tại $0 từ chối cho biết đang giữ gì: $1",
    .not_answered_yet = "Trung tâm chưa xác nhận lần nào.",
    .last_answer = "Lần xác nhận gần nhất: $0 (cách đây $1).",
    .last_failure = "Lần gửi gần nhất không thành công, lúc $0: $1",
    .none_rejected = "Không có số liệu nào bị từ chối.",
    .rejected =
        "Số liệu bị từ chối cần xem lại: $0, lâu nhất từ $1. Xem: iocctl spool rejected "
        "--spool $2",
    .room = "Dung lượng đã dùng: $0 trên $1 MiB.",
    .nearly_full = "Hàng chờ sắp đầy: đã dùng $0 trên $1 MiB.",
    .disk_well = "Đĩa vẫn ghi được.",
    .disk_refuses = "Không ghi được vào hàng chờ: $0",
};

}  // namespace iocctl
