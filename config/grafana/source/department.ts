// One department: its targets, its reports, its figures.

import { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import {
  codesAndNames,
  frame,
  indicatorUrl,
  namedVariable,
  simulatedNotice,
  windowVariable,
} from "./frame";
import { linePanel } from "./panels";
import { withIndicatorName } from "./queries";
import { completenessOverTime, departmentNumbers, departmentReports } from "./reports";
import { Column, tablePanel } from "./tables";
import { targetTable } from "./target_table";
import { Tongue } from "./tongue";
import { PERCENT, unitWords } from "./units";

/** Windowed kinds have the window, the others `latest`; no indicator has both. */
const WINDOWED = 'department="$department", window=~"$window|latest"';

function onlyUnit(expr: string, unit: "percent" | "other"): string {
  return `(${expr} ${unit === "percent" ? "and" : "unless"} on (indicator) ioc_indicator_info{unit="percent"})`;
}

function figures(t: Tongue, unit: "percent" | "other") {
  const percent = unit === "percent";
  const name = t.say("Chỉ số", "Indicator");
  const figure = (expr: string, title: string, shown = percent ? PERCENT : "locale"): Column => ({
    expr: onlyUnit(`sum by (indicator) (${expr})`, unit),
    title,
    width: 120,
    unit: shown,
    decimals: shown === PERCENT ? 2 : undefined,
  });
  const first = figure(`ioc_indicator_value{${WINDOWED}}`, t.say("Giá trị", "Value"));
  const year = (which: string) =>
    `ioc_period_value{scope="$department", period="year", which="${which}"}`;
  return tablePanel(t, {
    title: percent
      ? t.say("Số liệu, phần trăm", "Figures, percentages")
      : t.say("Số liệu, đơn vị tính khác", "Figures of other units"),
    description: t.say(
      "Giá trị trong cửa sổ đã chọn hoặc giá trị mới nhất, số sự kiện trong cửa sổ, và lũy kế của năm.",
      "Value in the chosen window or the latest one, events in the window, and the accumulated year.",
    ),
    width: 12,
    height: percent ? 12 : 9,
    columns: [
      {
        label: "indicator_name",
        title: name,
        link: {
          title: t.say("Diễn biến của chỉ số", "The indicator's course"),
          url: indicatorUrl(t, "$department"),
        },
      },
      { ...first, expr: withIndicatorName(t, "expr" in first ? first.expr : "") },
      figure(`ioc_indicator_events{${WINDOWED}}`, t.say("Sự kiện", "Events"), "locale"),
      figure(year("current"), t.say("Lũy kế năm", "Year so far")),
      ...(percent
        ? []
        : [
            {
              label: "unit",
              title: t.say("Đơn vị tính", "Unit"),
              width: 110,
              mappings: [unitWords(t)],
            },
          ]),
    ],
    hidden: ["indicator", ...(percent ? ["unit"] : [])],
    sortBy: name,
  });
}

function overTime(t: Tongue) {
  const values = onlyUnit(`sum by (indicator) (ioc_indicator_value{${WINDOWED}})`, "percent");
  return linePanel(
    t,
    {
      title: t.say("Các tỷ lệ theo thời gian", "Percentages over time"),
      description: t.say(
        "Các chỉ số phần trăm của đơn vị, trong cửa sổ đã chọn hoặc giá trị mới nhất.",
        "The department's percentages, over the chosen window or the latest value.",
      ),
      width: 24,
      height: 11,
      unit: PERCENT,
      decimals: 1,
    },
    { expr: withIndicatorName(t, values), legend: "{{indicator_name}}" },
  );
}

export function department(t: Tongue): Dashboard {
  const own = (unit: "percent" | "other") => ({ selector: 'owner="$department"', unit });
  return frame(t, "department", {
    description: t.say(
      "Chỉ tiêu, báo cáo và số liệu của một đơn vị.",
      "Targets, reports and figures of one department.",
    ),
    from: "now-24h",
    refresh: "30s",
    variables: [
      namedVariable(
        "department",
        t.say("Đơn vị", "Department"),
        codesAndNames(t, "ioc_department_info", "department"),
        {
          text: t.say(
            "Sở Thông tin và Truyền thông",
            "Department of Information and Communications",
          ),
          value: "stttt",
        },
      ),
      windowVariable(t),
    ],
    panels: [
      simulatedNotice(t, 2),
      ...departmentNumbers(t),
      targetTable(t, {
        title: t.say(
          "Chỉ tiêu do đơn vị chủ trì, phần trăm",
          "Targets that it answers for, percentages",
        ),
        description: t.say(
          "Các chỉ tiêu phần trăm do đơn vị chủ trì, nặng nhất ở trên.",
          "Targets in percent that the department answers for, the worst on top.",
        ),
        width: 24,
        height: 10,
        choice: own("percent"),
        trajectory: true,
      }),
      targetTable(t, {
        title: t.say(
          "Chỉ tiêu do đơn vị chủ trì, đơn vị tính khác",
          "Targets that it answers for, other units",
        ),
        description: t.say(
          "Các chỉ tiêu không tính bằng phần trăm do đơn vị chủ trì.",
          "Targets of other units that the department answers for.",
        ),
        width: 24,
        height: 5,
        choice: own("other"),
        trajectory: false,
      }),
      t.say("Số liệu và báo cáo", "Figures and reports"),
      figures(t, "percent"),
      departmentReports(t),
      figures(t, "other"),
      completenessOverTime(t),
      overTime(t),
    ],
  });
}
