// The health of the daemon: whether it takes what is sent, how fast, and what it needs for that.

import { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { frame, simulatedNotice } from "./frame";
import { Query, linePanel, namePanel, inWords, statPanel } from "./panels";
import { quantile } from "./queries";
import { tablePanel } from "./tables";
import { Tongue } from "./tongue";

const GOOD = "#2f8f46";
const WARNING = "#e0a800";
const BAD = "#c4162a";
const FIRING = 'ALERTS{alertstate="firing"}';

/** A stat that has a word for each of two numbers. */
function yesOrNo(t: Tongue, words: { title: string; description: string; expr: string; good: "0" | "1";
                                     whenGood: string; whenBad: string }) {
  const bad = words.good === "1" ? "0" : "1";
  return statPanel(t, {
    title: words.title, description: words.description, width: 4, height: 3,
    mappings: [inWords({ [words.good]: { text: `✔ ${words.whenGood}`, color: GOOD },
                                [bad]: { text: `✖ ${words.whenBad}`, color: BAD } })],
  }, { expr: words.expr });
}

function state(t: Tongue) {
  return [
    yesOrNo(t, { title: t.say("Dịch vụ", "Daemon"), expr: 'max(up{job="iocd"})', good: "1",
                 description: t.say("Prometheus có đọc được số đo của dịch vụ hay không.", "Whether Prometheus can read the daemon's metrics."),
                 whenGood: t.say("trả lời", "answers"), whenBad: t.say("không trả lời", "down") }),
    yesOrNo(t, { title: t.say("Sổ ghi sự kiện", "Event log"), expr: "max(iocd_log_failed)", good: "0",
                 description: t.say("Khi ổ đĩa từ chối ghi, dịch vụ không nhận số liệu.", "While the disk refuses, no batch is taken."),
                 whenGood: t.say("ghi được", "takes batches"), whenBad: t.say("ổ đĩa từ chối", "disk refuses") }),
    yesOrNo(t, { title: t.say("Đồng hồ", "Clock"), expr: "max(iocd_clock_in_doubt)", good: "0",
                 description: t.say("Khi đồng hồ đáng ngờ, dịch vụ không nhận số liệu.", "While the clock is in doubt, nothing is taken."),
                 whenGood: t.say("tin được", "trusted"), whenBad: t.say("đáng ngờ", "in doubt") }),
    yesOrNo(t, { title: t.say("Cấu hình", "Configuration"), expr: "min(iocd_config_last_reload_successful)", good: "1",
                 description: t.say("Lần đọc cấu hình gần nhất có thành công hay không.", "Whether the files were taken when they were last read."),
                 whenGood: t.say("đã nạp", "loaded"), whenBad: t.say("có lỗi", "has mistakes") }),
    yesOrNo(t, { title: t.say("Nhật ký kiểm toán", "Audit log"), expr: "max(iocd_audit_failed) + max(iocd_audit_chain_broken) > bool 0", good: "0",
                 description: t.say("Nhật ký kiểm toán ghi được và chưa bị sửa.", "The audit log can be written, and was found unchanged."),
                 whenGood: t.say("nguyên vẹn", "intact"), whenBad: t.say("có vấn đề", "has trouble") }),
    statPanel(t, { title: t.say("Cảnh báo đang phát", "Alerts firing"),
                   description: t.say("Số cảnh báo đang phát của Prometheus.", "How many of Prometheus's alerts are firing."),
                   width: 4, height: 3, decimals: 0, thresholds: [{ value: null, color: GOOD }, { value: 1, color: BAD }] },
              { expr: `count(${FIRING}) or vector(0)` }),
  ];
}

function numbers(t: Tongue) {
  const size = { width: 4, height: 3 };
  return [
    statPanel(t, { ...size, title: t.say("Tuổi của sổ số liệu", "Age of the ledger"), unit: "s", decimals: 0,
                   description: t.say("Từ lần ghi sổ số liệu gần nhất; bình thường dưới một phút.", "Since the ledger was last written; usually less than a minute."),
                   thresholds: [{ value: null, color: GOOD }, { value: 120, color: WARNING }, { value: 300, color: BAD }] },
              { expr: "time() - max(iocd_ledger_last_update_timestamp_seconds)" }),
    statPanel(t, { ...size, title: t.say("Khởi động lại mất", "Recovery took"), unit: "s", decimals: 2,
                   description: t.say("Đọc ảnh chụp và sổ ghi khi khởi động.", "Reading the snapshot and the log at start-up.") },
              { expr: "max(iocd_recovery_seconds)" }),
    statPanel(t, { ...size, title: t.say("Chuỗi số liệu", "Series"), unit: "short",
                   description: t.say("Số chuỗi đã có sự kiện.", "Series that have had an event.") }, { expr: "sum(iocd_series)" }),
    statPanel(t, { ...size, title: t.say("Người theo dõi", "Watchers"), decimals: 0,
                   description: t.say("Số màn hình và chương trình đang theo dõi thay đổi; nhiều nhất 256.", "Walls and programs that watch what changes; at most 256.") },
              { expr: "sum(iocd_watchers)" }),
    statPanel(t, { ...size, title: t.say("Bộ nhớ đã dùng", "Memory used"), unit: "percentunit", decimals: 1,
                   description: t.say("So với giới hạn; vượt giới hạn thì không nhận số liệu.", "Of the limit, beyond which no batch is taken."),
                   thresholds: [{ value: null, color: GOOD }, { value: 0.8, color: WARNING }, { value: 1, color: BAD }] },
              { expr: "max(iocd_memory_bytes / iocd_memory_limit_bytes)" }),
    namePanel(t, { ...size, title: t.say("Phiên bản", "Version"),
                   description: t.say("Phiên bản của dịch vụ đang chạy.", "Version of the daemon that runs.") },
              { expr: "iocd_build_info", legend: "{{version}}" }),
  ];
}

function lines(t: Tongue, title: string, description: string, unit: string, ...queries: Query[]) {
  return linePanel(t, { title, description, unit, width: 8, height: 8 }, ...queries).min(0);
}

const perSecond = (family: string, label: string): Query =>
  ({ expr: `sum by (${label}) (rate(${family}[$__rate_interval]))`, legend: `{{${label}}}` });

const quantiles = (histogram: string): Query[] =>
  [0.5, 0.9, 0.99].map((q) => ({ expr: quantile(q, histogram), legend: `${q * 100}%` }));

function doors(t: Tongue) {
  return [
    lines(t, t.say("Sự kiện mỗi giây", "Events per second"),
          t.say("Sự kiện được nhận, trùng lặp và bị từ chối.", "Events accepted, duplicate and rejected."), "ops",
          perSecond("iocd_events_total", "result")),
    lines(t, t.say("Sự kiện bị từ chối theo mã", "Refused events by code"),
          t.say("Mã đã báo cho bên gửi.", "The code that was told to the sender."), "ops",
          perSecond("iocd_events_rejected_total", "code")),
    lines(t, t.say("Lô theo mã trả lời", "Batches by answer"),
          t.say("OK nghĩa là đã ghi bền vững.", "OK means durable."), "ops", perSecond("iocd_batches_total", "code")),
    lines(t, t.say("Lời gọi bị từ chối", "Calls turned away"),
          t.say("Vì người gọi: chưa xưng danh, không được phép, quá nhiều.", "Because of who called: unknown, not permitted, too many."),
          "ops", perSecond("iocd_calls_refused_total", "code")),
    lines(t, t.say("Bị bỏ, theo lý do", "Dropped, by reason"),
          t.say("Không lý do nào làm mất sự kiện đã xác nhận.", "None of these loses an event that was acknowledged."),
          "short", { expr: "sum by (reason) (increase(iocd_dropped_total[$__range]))", legend: "{{reason}}" }),
    lines(t, t.say("Lô đang chờ ghi", "Batches that wait"),
          t.say("Số lô chờ được ghi vào sổ.", "Batches that wait for the log."), "short",
          { expr: "max(iocd_queue_depth)", legend: t.say("đang chờ", "waiting") }),
  ];
}

function times(t: Tongue) {
  return [
    lines(t, t.say("Thời gian ghi bền vững", "Commit latency"),
          t.say("Ghi và đồng bộ một nhóm lô.", "Write and sync of one group of batches."), "s", ...quantiles("iocd_commit_seconds")),
    lines(t, t.say("Thời gian trả số đo", "Scrape time"),
          t.say("Tạo một câu trả lời cho /metrics.", "Rendering one answer to /metrics."), "s", ...quantiles("iocd_scrape_seconds")),
    lines(t, t.say("Thời gian ghi sổ số liệu", "Ledger update time"),
          t.say("Một giao dịch của sổ số liệu.", "One transaction of the ledger."), "s", ...quantiles("iocd_ledger_update_seconds")),
    lines(t, t.say("Thời gian xét hiện trạng", "Time to read the standing"),
          t.say("Tính trạng thái của mọi mục tiêu và báo cáo.", "Reading how all targets and reports stand."), "s",
          ...quantiles("iocd_standing_seconds")),
  ];
}

function room(t: Tongue) {
  return [
    lines(t, t.say("Sổ ghi và sổ số liệu trên đĩa", "Log and ledger on disk"),
          t.say("Dung lượng sổ ghi sự kiện, phần phải đọc lại khi khởi động, ảnh chụp, sổ số liệu.",
                "Bytes of the event log, of what a restart would read, of the snapshot, of the ledger."), "bytes",
          { expr: "max(iocd_log_bytes)", legend: t.say("sổ ghi", "log") },
          { expr: "max(iocd_log_replay_bytes)", legend: t.say("phải đọc lại", "to replay") },
          { expr: "max(iocd_snapshot_bytes)", legend: t.say("ảnh chụp", "snapshot") },
          { expr: "max(iocd_ledger_bytes)", legend: t.say("sổ số liệu", "ledger") }),
    lines(t, t.say("Bộ nhớ và giới hạn", "Memory and its limit"),
          t.say("Bộ nhớ thường trú của dịch vụ và giới hạn đã đặt.", "Resident memory of the daemon, and the limit that was set."), "bytes",
          { expr: "max(iocd_memory_bytes)", legend: t.say("đã dùng", "used") },
          { expr: "max(iocd_memory_limit_bytes)", legend: t.say("giới hạn", "limit") }),
    lines(t, t.say("Ảnh chụp trong khoảng đang xem", "Snapshots in the time shown"),
          t.say("Số ảnh chụp đã tạo, thất bại, bỏ dở.", "Snapshots taken, failed, given up."), "short",
          { expr: "sum by (result) (increase(iocd_snapshots_total[$__range]))", legend: "{{result}}" }),
    lines(t, t.say("Sao lưu và nạp lại cấu hình", "Backups and reloads"),
          t.say("Kết quả trong khoảng đang xem.", "Outcomes in the time shown."), "short",
          { expr: "sum by (result) (increase(iocd_backups_total[$__range]))", legend: t.say("sao lưu: {{result}}", "backup: {{result}}") },
          { expr: "sum by (result) (increase(iocd_config_reloads_total[$__range]))", legend: t.say("nạp lại: {{result}}", "reload: {{result}}") }),
  ];
}

function alerts(t: Tongue) {
  const none = `label_replace(vector(0), "alertname", "${t.say("không có", "none")}", "", "") unless on () ${FIRING}`;
  const name = t.say("Cảnh báo", "Alert");
  return tablePanel(t, {
    title: t.say("Cảnh báo theo tên", "Alerts by name"),
    description: t.say("Cảnh báo đang phát và số đối tượng của từng cảnh báo.", "Alerts that fire, and for how many each does."),
    width: 8, height: 8, sortBy: name,
    columns: [
      { label: "alertname", title: name },
      { label: "severity", title: t.say("Mức", "Severity"), width: 110 },
      { expr: `count by (alertname, severity) (${FIRING}) or (${none})`, title: t.say("Số lượng", "Count"), unit: "none", width: 90 },
    ],
  });
}

export function daemon(t: Tongue): Dashboard {
  return frame(t, "daemon", {
    description: t.say("Dịch vụ có nhận số liệu không, nhanh chậm ra sao, dùng bao nhiêu tài nguyên.",
                       "Whether the daemon takes what is sent, how fast, and what it needs for that."),
    from: "now-6h", refresh: "30s",
    panels: [
      simulatedNotice(t, 2),
      ...state(t), ...numbers(t),
      t.say("Nhận số liệu", "What comes in"), ...doors(t),
      t.say("Thời gian xử lý", "How long it takes"), ...times(t), alerts(t),
      t.say("Đĩa và bộ nhớ", "Disk and memory"), ...room(t),
    ],
  });
}
