// How the daemon fares over time: what comes in, how long things take, what is stored.

import { Query, linePanel } from "./panels";
import { quantile } from "./queries";
import { Tongue } from "./tongue";

function lines(t: Tongue, title: string, description: string, unit: string, ...queries: Query[]) {
  return linePanel(t, { title, description, unit, width: 8, height: 8 }, ...queries).min(0);
}

const perSecond = (family: string, label: string): Query => ({
  expr: `sum by (${label}) (rate(${family}[$__rate_interval]))`,
  legend: `{{${label}}}`,
});

const quantiles = (histogram: string): Query[] =>
  [0.5, 0.9, 0.99].map((q) => ({ expr: quantile(q, histogram), legend: `${q * 100}%` }));

export function doors(t: Tongue) {
  return [
    lines(
      t,
      t.say("Sự kiện mỗi giây", "Events per second"),
      t.say(
        "Sự kiện được nhận, trùng lặp và bị từ chối.",
        "Events accepted, duplicate and rejected.",
      ),
      "ops",
      perSecond("iocd_events_total", "result"),
    ),
    lines(
      t,
      t.say("Sự kiện bị từ chối theo mã", "Refused events by code"),
      t.say("Mã đã báo cho bên gửi.", "The code that was told to the sender."),
      "ops",
      perSecond("iocd_events_rejected_total", "code"),
    ),
    lines(
      t,
      t.say("Lô theo mã trả lời", "Batches by answer"),
      t.say("OK nghĩa là đã ghi bền vững.", "OK means durable."),
      "ops",
      perSecond("iocd_batches_total", "code"),
    ),
    lines(
      t,
      t.say("Lời gọi bị từ chối", "Calls turned away"),
      t.say(
        "Vì người gọi: chưa xưng danh, không được phép, quá nhiều.",
        "Because of who called: unknown, not permitted, too many.",
      ),
      "ops",
      perSecond("iocd_calls_refused_total", "code"),
    ),
    lines(
      t,
      t.say("Bị bỏ, theo lý do", "Dropped, by reason"),
      t.say(
        "Không lý do nào làm mất sự kiện đã xác nhận.",
        "None of these loses an event that was acknowledged.",
      ),
      "short",
      { expr: "sum by (reason) (increase(iocd_dropped_total[$__range]))", legend: "{{reason}}" },
    ),
    lines(
      t,
      t.say("Lô đang chờ ghi", "Batches that wait"),
      t.say("Số lô chờ được ghi vào sổ.", "Batches that wait for the log."),
      "short",
      { expr: "max(iocd_queue_depth)", legend: t.say("đang chờ", "waiting") },
    ),
  ];
}

export function times(t: Tongue) {
  return [
    lines(
      t,
      t.say("Thời gian ghi bền vững", "Commit latency"),
      t.say("Ghi và đồng bộ một nhóm lô.", "Write and sync of one group of batches."),
      "s",
      ...quantiles("iocd_commit_seconds"),
    ),
    lines(
      t,
      t.say("Thời gian trả số đo", "Scrape time"),
      t.say("Tạo một câu trả lời cho /metrics.", "Rendering one answer to /metrics."),
      "s",
      ...quantiles("iocd_scrape_seconds"),
    ),
    lines(
      t,
      t.say("Thời gian ghi sổ số liệu", "Ledger update time"),
      t.say("Một giao dịch của sổ số liệu.", "One transaction of the ledger."),
      "s",
      ...quantiles("iocd_ledger_update_seconds"),
    ),
    lines(
      t,
      t.say("Thời gian xét hiện trạng", "Time to read the standing"),
      t.say(
        "Tính trạng thái của mọi chỉ tiêu và báo cáo.",
        "Reading how all targets and reports stand.",
      ),
      "s",
      ...quantiles("iocd_standing_seconds"),
    ),
  ];
}

export function room(t: Tongue) {
  return [
    lines(
      t,
      t.say("Sổ ghi và sổ số liệu trên đĩa", "Log and ledger on disk"),
      t.say(
        "Dung lượng sổ ghi sự kiện, phần phải đọc lại khi khởi động, ảnh chụp, sổ số liệu.",
        "Bytes of the event log, of what a restart would read, of the snapshot, of the ledger.",
      ),
      "bytes",
      { expr: "max(iocd_log_bytes)", legend: t.say("sổ ghi", "log") },
      { expr: "max(iocd_log_replay_bytes)", legend: t.say("phải đọc lại", "to replay") },
      { expr: "max(iocd_snapshot_bytes)", legend: t.say("ảnh chụp", "snapshot") },
      { expr: "max(iocd_ledger_bytes)", legend: t.say("sổ số liệu", "ledger") },
    ),
    lines(
      t,
      t.say("Bộ nhớ và giới hạn", "Memory and its limit"),
      t.say(
        "Bộ nhớ thường trú của dịch vụ và giới hạn đã đặt.",
        "Resident memory of the daemon, and the limit that was set.",
      ),
      "bytes",
      { expr: "max(iocd_memory_bytes)", legend: t.say("đã dùng", "used") },
      { expr: "max(iocd_memory_limit_bytes)", legend: t.say("giới hạn", "limit") },
    ),
    lines(
      t,
      t.say("Ảnh chụp trong khoảng đang xem", "Snapshots in the time shown"),
      t.say("Số ảnh chụp đã tạo, thất bại, bỏ dở.", "Snapshots taken, failed, given up."),
      "short",
      { expr: "sum by (result) (increase(iocd_snapshots_total[$__range]))", legend: "{{result}}" },
    ),
    lines(
      t,
      t.say("Sao lưu và nạp lại cấu hình", "Backups and reloads"),
      t.say("Kết quả trong khoảng đang xem.", "Outcomes in the time shown."),
      "short",
      {
        expr: "sum by (result) (increase(iocd_backups_total[$__range]))",
        legend: t.say("sao lưu: {{result}}", "backup: {{result}}"),
      },
      {
        expr: "sum by (result) (increase(iocd_config_reloads_total[$__range]))",
        legend: t.say("nạp lại: {{result}}", "reload: {{result}}"),
      },
    ),
  ];
}
