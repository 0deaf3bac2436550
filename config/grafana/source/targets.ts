// The targets of the province: all of them, their statuses over time, and how long is left.

import { VisibilityMode } from "@grafana/grafana-foundation-sdk/common";
import {
  Dashboard,
  FieldColorBuilder,
  FieldColorModeId,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { PanelBuilder as StateTimelineBuilder } from "@grafana/grafana-foundation-sdk/statetimeline";
import { frame, simulatedNotice } from "./frame";
import { SOURCE, barPanel, describe } from "./panels";
import { daysLeft, targetRank, withIndicatorName } from "./queries";
import { TARGET_STATUSES, rankWords, wordOf } from "./states";
import { targetTable } from "./target_table";
import { Tongue } from "./tongue";

const PROVINCE = 'scope="province"';

function byStatus(t: Tongue) {
  return barPanel(
    t,
    {
      title: t.say("Số chỉ tiêu theo trạng thái", "Targets by status"),
      description: t.say(
        "Mọi chỉ tiêu, của tỉnh và của các đơn vị, theo trạng thái hiện nay.",
        "All targets, of the province and of departments, by what their status is now.",
      ),
      width: 8,
      height: 13,
      decimals: 0,
      unit: "none",
      byName: Object.fromEntries(
        TARGET_STATUSES.map((status) => [
          status.code,
          [
            { id: "displayName", value: wordOf(t, status) },
            { id: "color", value: { mode: "fixed", fixedColor: status.color } },
          ],
        ]),
      ),
    },
    { expr: "sum by (status) (ioc_target_status)", legend: "{{status}}" },
  ).min(0);
}

function deadlines(t: Tongue) {
  const next = `sort(${withIndicatorName(t, `(${daysLeft({ selector: PROVINCE, unit: "any" })} > 0)`)})`;
  return barPanel(
    t,
    {
      title: t.say("Số ngày còn lại đến hạn", "Days left until the deadline"),
      description: t.say(
        "Các chỉ tiêu của tỉnh chưa đến hạn, hạn gần nhất ở trên.",
        "Targets of the province whose deadline is ahead, the nearest on top.",
      ),
      width: 16,
      height: 13,
      unit: "none",
      decimals: 0,
      thresholds: [
        { value: null, color: "#c4162a" },
        { value: 30, color: "#e0a800" },
        { value: 180, color: "#3274d9" },
      ],
    },
    { expr: next, legend: "{{target}}: {{indicator_name}}" },
  ).min(0);
}

function statusesOverTime(t: Tongue) {
  return describe(t, new StateTimelineBuilder(), {
    title: t.say("Trạng thái theo thời gian", "Statuses over time"),
    description: t.say(
      "Khi nào trạng thái của từng chỉ tiêu của tỉnh thay đổi.",
      "When the status of each of the province's targets changed.",
    ),
    width: 24,
    height: 18,
    mappings: [rankWords(t, TARGET_STATUSES)],
  })
    .withTarget(
      new DataqueryBuilder()
        .refId("A")
        .datasource(SOURCE)
        .range()
        .expr(targetRank(t, { selector: PROVINCE, unit: "any" }))
        .legendFormat("{{indicator_name}} · {{target}}"),
    )
    .showValue(VisibilityMode.Auto)
    .mergeValues(true)
    .rowHeight(0.85)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
}

export function targets(t: Tongue): Dashboard {
  const columns = t.say(
    "Giá trị thực hiện, kỳ vọng đến nay, chỉ tiêu, phần còn thiếu, dự báo đến hạn và số ngày còn lại.",
    "Actual, expected by now, target, shortfall, forecast at the deadline, and days left.",
  );
  return frame(t, "targets", {
    description: t.say(
      "Các chỉ tiêu của tỉnh và của các đơn vị: trạng thái, tiến độ, thời hạn.",
      "The targets of the province and of departments: status, progress, deadline.",
    ),
    from: "now-24h",
    refresh: "30s",
    panels: [
      simulatedNotice(t, 2),
      byStatus(t),
      deadlines(t),
      t.say("Chỉ tiêu của tỉnh", "Targets of the province"),
      targetTable(t, {
        title: t.say("Chỉ tiêu của tỉnh, phần trăm", "Targets of the province, percentages"),
        description: columns,
        width: 24,
        height: 18,
        choice: { selector: PROVINCE, unit: "percent" },
        trajectory: true,
      }),
      statusesOverTime(t),
      t.say("Chỉ tiêu khác", "Other targets"),
      targetTable(t, {
        title: t.say("Chỉ tiêu của các đơn vị, phần trăm", "Targets of departments, percentages"),
        description: columns,
        width: 24,
        height: 8,
        choice: { selector: 'scope!="province"', unit: "percent" },
        trajectory: true,
      }),
      targetTable(t, {
        title: t.say("Chỉ tiêu có đơn vị tính khác", "Targets of other units"),
        description: columns,
        width: 24,
        height: 7,
        choice: { selector: "", unit: "other" },
        trajectory: true,
      }),
    ],
  });
}
