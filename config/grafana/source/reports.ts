// Who owes what: panels on freshness and completeness of the departments' reports.

import { departmentUrl, indicatorUrl } from "./frame";
import { linePanel, statPanel } from "./panels";
import { withDepartmentName, withIndicatorName } from "./queries";
import { REPORT_STATES, rank, rankWords } from "./states";
import { tablePanel } from "./tables";
import { Tongue } from "./tongue";
import { PERCENT } from "./units";

const COMPLETENESS = [
  { value: null, color: "#c4162a" },
  { value: 0.5, color: "#e0570b" },
  { value: 0.95, color: "#e0a800" },
  { value: 1, color: "#2f8f46" },
];
const ANY_LATE = [
  { value: null, color: "#2f8f46" },
  { value: 1, color: "#e0570b" },
];

/** Every department with its worst state, completeness and late reports; the worst on top. */
export function reportingTable(t: Tongue, size: { width: number; height: number }) {
  const state = t.say("Báo cáo", "Reports");
  const worst = `min by (department) (${rank("ioc_report_state", "state", REPORT_STATES, "", "department, indicator")})`;
  return tablePanel(t, {
    ...size,
    title: t.say("Báo cáo của các đơn vị", "Reports of the departments"),
    description: t.say(
      "Trạng thái xấu nhất trong các báo cáo của từng đơn vị, tỷ lệ đã gửi trong số đến hạn, số đang chậm hoặc thiếu, số lần chậm trong năm.",
      "The worst state among each department's reports, the share sent of those due, how many are late or missing now, and how often it was late this year.",
    ),
    columns: [
      {
        expr: withDepartmentName(t, worst),
        title: state,
        width: 120,
        unit: "none",
        filled: true,
        mappings: [rankWords(t, REPORT_STATES)],
      },
      {
        label: "department_name",
        title: t.say("Đơn vị", "Department"),
        link: {
          title: t.say("Trang của đơn vị", "The department's page"),
          url: departmentUrl(t, "department"),
        },
      },
      {
        expr: "sum by (department) (ioc_department_completeness_ratio)",
        title: t.say("Đã gửi", "Sent"),
        width: 75,
        unit: PERCENT,
        decimals: 0,
      },
      {
        expr: 'sum by (department) (ioc_report_state{state=~"late|missing"})',
        title: t.say("Chậm, thiếu", "Late, missing"),
        width: 80,
        unit: "none",
      },
      {
        expr: "sum by (department) (ioc_department_late_reports)",
        title: t.say("Chậm trong năm", "Late this year"),
        width: 85,
        unit: "none",
      },
    ],
    hidden: ["department"],
    sortBy: state,
  });
}

/** The reports of `$department`, one by one. */
export function departmentReports(t: Tongue) {
  const state = t.say("Trạng thái", "State");
  const by = "department, indicator";
  const own = 'department="$department"';
  return tablePanel(t, {
    width: 12,
    height: 12,
    title: t.say("Báo cáo phải gửi", "Reports that are owed"),
    description: t.say(
      "Trạng thái báo cáo của từng chỉ số và thời điểm của số liệu mới nhất.",
      "State of the report of each indicator, and when its newest data is from.",
    ),
    columns: [
      {
        expr: withIndicatorName(t, rank("ioc_report_state", "state", REPORT_STATES, own, by)),
        title: state,
        width: 130,
        unit: "none",
        filled: true,
        mappings: [rankWords(t, REPORT_STATES)],
      },
      {
        label: "indicator_name",
        title: t.say("Chỉ số", "Indicator"),
        link: {
          title: t.say("Diễn biến của chỉ số", "The indicator's course"),
          url: indicatorUrl(t, "$department"),
        },
      },
      {
        expr: `sum by (${by}) (ioc_indicator_last_event_timestamp_seconds{${own}}) * 1000`,
        title: t.say("Số liệu mới nhất", "Newest data"),
        width: 170,
        unit: "dateTimeAsLocal",
      },
    ],
    hidden: ["indicator", "department", "unit"],
    sortBy: state,
  });
}

/** Four numbers on `$department`. */
export function departmentNumbers(t: Tongue) {
  const size = { width: 6, height: 4 };
  const of = (family: string) => ({ expr: `max(${family}{department="$department"})` });
  return [
    statPanel(
      t,
      {
        ...size,
        title: t.say("Đã gửi trong số đến hạn", "Sent of those due"),
        description: t.say(
          "Tỷ lệ báo cáo đã gửi trong số đến hạn tính đến lúc này; không kể báo cáo được miễn.",
          "Share of its reports that have come, of those due by now; waived ones left out.",
        ),
        unit: PERCENT,
        decimals: 0,
        thresholds: COMPLETENESS,
      },
      of("ioc_department_completeness_ratio"),
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Đang chậm hoặc thiếu", "Late or missing now"),
        description: t.say(
          "Số báo cáo đang chậm hoặc thiếu.",
          "How many reports are late or missing now.",
        ),
        decimals: 0,
        thresholds: ANY_LATE,
      },
      { expr: 'sum(ioc_report_state{department="$department", state=~"late|missing"})' },
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Chậm trong năm", "Late this year"),
        description: t.say(
          "Số báo cáo chậm từ đầu năm, kể cả báo cáo đã gửi.",
          "Reports that were late this year, whether they came or not.",
        ),
        decimals: 0,
        thresholds: ANY_LATE,
      },
      of("ioc_department_late_reports"),
    ),
    statPanel(
      t,
      {
        ...size,
        title: t.say("Lần gửi cuối", "Last heard of"),
        description: t.say(
          "Thời gian từ lúc nhận lô số liệu mới nhất của đơn vị.",
          "Time since the newest batch came from the department or for it.",
        ),
        unit: "s",
        decimals: 0,
      },
      {
        expr: 'time() - max(ioc_department_last_seen_timestamp_seconds{department="$department"})',
      },
    ),
  ];
}

/** How complete and how punctual `$department` was, over time. */
export function completenessOverTime(t: Tongue) {
  return linePanel(
    t,
    {
      width: 12,
      height: 9,
      title: t.say("Mức đầy đủ theo thời gian", "Completeness over time"),
      description: t.say(
        "Tỷ lệ đã gửi trong số đến hạn của ngày, và tỷ lệ đúng hạn từ đầu năm.",
        "Share sent of those due that day, and share in time since the beginning of the year.",
      ),
      unit: PERCENT,
      decimals: 0,
    },
    {
      expr: 'max(ioc_department_completeness_ratio{department="$department"})',
      legend: t.say("Đã gửi", "Sent"),
    },
    {
      expr: 'max(ioc_department_on_time_ratio{department="$department"})',
      legend: t.say("Đúng hạn trong năm", "In time this year"),
    },
  )
    .min(0)
    .max(1);
}
