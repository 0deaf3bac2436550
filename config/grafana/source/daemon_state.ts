// How the daemon stands now: panels of the health dashboard without a course over time.

import { inWords, namePanel, statPanel } from "./panels";
import { tablePanel } from "./tables";
import { Tongue } from "./tongue";

const GOOD = "#2f8f46";
const WARNING = "#e0a800";
const BAD = "#c4162a";
const FIRING = 'ALERTS{alertstate="firing"}';

/** A stat that has a word for each of two numbers. */
function yesOrNo(
  t: Tongue,
  words: {
    title: string;
    description: string;
    expr: string;
    good: "0" | "1";
    whenGood: string;
    whenBad: string;
  },
) {
  const bad = words.good === "1" ? "0" : "1";
  return statPanel(
    t,
    {
      title: words.title,
      description: words.description,
      width: 4,
      height: 3,
      mappings: [
        inWords({
          [words.good]: { text: `✔ ${words.whenGood}`, color: GOOD },
          [bad]: { text: `✖ ${words.whenBad}`, color: BAD },
        }),
      ],
    },
    { expr: words.expr },
  );
}

export function state(t: Tongue) {
  return [
    yesOrNo(t, {
      title: t.say("Dịch vụ", "Daemon"),
      expr: 'max(up{job="iocd"})',
      good: "1",
      description: t.say(
        "Prometheus có đọc được số đo của dịch vụ hay không.",
        "Whether Prometheus can read the daemon's metrics.",
      ),
      whenGood: t.say("trả lời", "answers"),
      whenBad: t.say("không trả lời", "down"),
    }),
    yesOrNo(t, {
      title: t.say("Sổ ghi sự kiện", "Event log"),
      expr: "max(iocd_log_failed)",
      good: "0",
      description: t.say(
        "Khi ổ đĩa từ chối ghi, dịch vụ không nhận số liệu.",
        "While the disk refuses, no batch is taken.",
      ),
      whenGood: t.say("ghi được", "takes batches"),
      whenBad: t.say("ổ đĩa từ chối", "disk refuses"),
    }),
    yesOrNo(t, {
      title: t.say("Đồng hồ", "Clock"),
      expr: "max(iocd_clock_in_doubt)",
      good: "0",
      description: t.say(
        "Khi đồng hồ đáng ngờ, dịch vụ không nhận số liệu.",
        "While the clock is in doubt, nothing is taken.",
      ),
      whenGood: t.say("tin được", "trusted"),
      whenBad: t.say("đáng ngờ", "in doubt"),
    }),
    yesOrNo(t, {
      title: t.say("Cấu hình", "Configuration"),
      expr: "min(iocd_config_last_reload_successful)",
      good: "1",
      description: t.say(
        "Lần đọc cấu hình gần nhất có thành công hay không.",
        "Whether the files were taken when they were last read.",
      ),
      whenGood: t.say("đã nạp", "loaded"),
      whenBad: t.say("có lỗi", "has mistakes"),
    }),
    yesOrNo(t, {
      title: t.say("Nhật ký kiểm toán", "Audit log"),
      expr: "max(iocd_audit_failed) + max(iocd_audit_chain_broken) > bool 0",
      good: "0",
      description: t.say(
        "Nhật ký kiểm toán ghi được và chưa bị sửa.",
        "The audit log can be written, and was found unchanged.",
      ),
      whenGood: t.say("nguyên vẹn", "intact"),
      whenBad: t.say("có vấn đề", "has trouble"),
    }),
    statPanel(
      t,
      {
        title: t.say("Cảnh báo đang phát", "Alerts firing"),
        description: t.say(
          "Số cảnh báo đang phát của Prometheus.",
          "How many of Prometheus's alerts are firing.",
        ),
        width: 4,
        height: 3,
        decimals: 0,
        thresholds: [
          { value: null, color: GOOD },
          { value: 1, color: BAD },
        ],
      },
      { expr: `count(${FIRING}) or vector(0)` },
    ),
  ];
}

export function numbers(t: Tongue) {
  const size = { width: 4, height: 3 };
  return [
    statPanel(
      t,
      {
        ...size,
        title: t.say("Tuổi của sổ số liệu", "Age of the ledger"),
        unit: "s",
        decimals: 0,
        description: t.say(
          "Từ lần ghi sổ số liệu gần nhất; bình thường dưới một phút.",
          "Since the ledger was last written; usually less than a minute.",
        ),
        thresholds: [
          { value: null, color: GOOD },
          { value: 120, color: WARNING },
          { value: 300, color: BAD },
        ],
      },
      { expr: "time() - max(iocd_ledger_last_update_timestamp_seconds)" },
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Khởi động lại mất", "Recovery took"),
        unit: "s",
        decimals: 2,
        description: t.say(
          "Đọc ảnh chụp và sổ ghi khi khởi động.",
          "Reading the snapshot and the log at start-up.",
        ),
      },
      { expr: "max(iocd_recovery_seconds)" },
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Chuỗi số liệu", "Series"),
        unit: "short",
        description: t.say("Số chuỗi đã có sự kiện.", "Series that have had an event."),
      },
      { expr: "sum(iocd_series)" },
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Người theo dõi", "Watchers"),
        decimals: 0,
        description: t.say(
          "Số màn hình và chương trình đang theo dõi thay đổi; nhiều nhất 256.",
          "Walls and programs that watch what changes; at most 256.",
        ),
      },
      { expr: "sum(iocd_watchers)" },
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Bộ nhớ đã dùng", "Memory used"),
        unit: "percentunit",
        decimals: 1,
        description: t.say(
          "So với giới hạn; vượt giới hạn thì không nhận số liệu.",
          "Of the limit, beyond which no batch is taken.",
        ),
        thresholds: [
          { value: null, color: GOOD },
          { value: 0.8, color: WARNING },
          { value: 1, color: BAD },
        ],
      },
      { expr: "max(iocd_memory_bytes / iocd_memory_limit_bytes)" },
    ),
    namePanel(
      t,
      {
        ...size,
        title: t.say("Phiên bản", "Version"),
        description: t.say("Phiên bản của dịch vụ đang chạy.", "Version of the daemon that runs."),
      },
      { expr: "iocd_build_info", legend: "{{version}}" },
    ),
  ];
}

export function alerts(t: Tongue) {
  const none = `label_replace(vector(0), "alertname", "${t.say("không có", "none")}", "", "") unless on () ${FIRING}`;
  const name = t.say("Cảnh báo", "Alert");
  return tablePanel(t, {
    title: t.say("Cảnh báo theo tên", "Alerts by name"),
    description: t.say(
      "Cảnh báo đang phát và số đối tượng của từng cảnh báo.",
      "Alerts that fire, and for how many each does.",
    ),
    width: 8,
    height: 8,
    sortBy: name,
    columns: [
      { label: "alertname", title: name },
      { label: "severity", title: t.say("Mức", "Severity"), width: 110 },
      {
        expr: `count by (alertname, severity) (${FIRING}) or (${none})`,
        title: t.say("Số lượng", "Count"),
        unit: "none",
        width: 90,
      },
    ],
  });
}
