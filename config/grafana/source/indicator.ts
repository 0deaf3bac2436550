// One indicator in one scope: where it stands, its way to the target, windows, periods, and who has what.

import {
  Dashboard,
  DashboardLinkBuilder,
  DashboardLinkType,
  DynamicConfigValue,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { PanelBuilder as TablePanelBuilder } from "@grafana/grafana-foundation-sdk/table";
import { codesAndNames, frame, namedVariable, simulatedNotice, uid, windowVariable } from "./frame";
import {
  PanelWords,
  barPanel,
  describe,
  linePanel,
  inWords,
  statPanel,
  tableQuery,
} from "./panels";
import { targetTable } from "./target_table";
import { Tongue } from "./tongue";
import { PERCENT } from "./units";

const TARGET = 'scope="$scope", indicator="$indicator"';

/** `family` of the department that is the scope, or that of the province if the scope is no department. */
function inScope(family: string, more: string): string {
  const matchers = `indicator="$indicator", ${more}`;
  return (
    `(ioc_indicator_${family}{department="$scope", ${matchers}} or ` +
    `(ioc_province_indicator_${family}{${matchers}} unless on () ioc_department_info{department="$scope"}))`
  );
}

/** Windowed kinds have the window, the others `latest`; no indicator has both. */
const WINDOW = 'window=~"$window|latest"';

function numbers(t: Tongue) {
  const figure = (
    title: string,
    description: string,
    expr: string,
    words: Partial<PanelWords> = {},
  ) =>
    statPanel(
      t,
      { title, description, width: 4, height: 4, decimals: 2, unitOfIndicator: true, ...words },
      { expr },
    );
  return [
    figure(
      t.say("Giá trị", "Value"),
      t.say("Trong cửa sổ đã chọn, hoặc giá trị mới nhất.", "In the chosen window, or the latest."),
      `max(${inScope("value", WINDOW)})`,
    ),
    figure(
      t.say("Kỳ vọng đến nay", "Expected by now"),
      t.say(
        "Giá trị phải có ở thời điểm của số thực hiện để kịp chỉ tiêu gần nhất còn phía trước.",
        "What the nearest target ahead asks at the date of the actual value.",
      ),
      `max(ioc_target_expected{${TARGET}})`,
    ),
    figure(
      t.say("Chỉ tiêu", "Target"),
      t.say("Giá trị phải đạt của chỉ tiêu xa nhất.", "What the farthest target asks."),
      `max(topk(1, ioc_target_deadline_timestamp_seconds{${TARGET}}) * 0 + on (scope, indicator, target, owner) ` +
        `ioc_target_value{${TARGET}})`,
    ),
    figure(
      t.say("Dự báo đến hạn", "Forecast"),
      t.say("Giá trị đến hạn nếu giữ nhịp độ này.", "Value at the deadline if the pace stays."),
      `max(ioc_target_forecast{${TARGET}})`,
    ),
    figure(
      t.say("Nhịp độ", "Pace"),
      t.say(
        "Tiến độ thực tế chia cho tiến độ kỳ vọng; 100% là đúng nhịp.",
        "Progress divided by expected progress; 100% is in step.",
      ),
      `min(ioc_target_pace_ratio{${TARGET}})`,
      {
        unitOfIndicator: false,
        unit: PERCENT,
        decimals: 0,
        thresholds: [
          { value: null, color: "#c4162a" },
          { value: 0.7, color: "#e0a800" },
          { value: 0.9, color: "#2f8f46" },
        ],
      },
    ),
    figure(
      t.say("Số ngày còn", "Days left"),
      t.say("Đến hạn của chỉ tiêu xa nhất.", "Until the deadline of the farthest target."),
      `(max(ioc_target_deadline_timestamp_seconds{${TARGET}}) - time()) / 86400`,
      { unitOfIndicator: false, unit: "none", decimals: 0 },
    ),
  ];
}

function trajectory(t: Tongue) {
  const dashed = (color: string): DynamicConfigValue[] => [
    { id: "custom.lineStyle", value: { fill: "dash", dash: [10, 8] } },
    { id: "color", value: { mode: "fixed", fixedColor: color } },
  ];
  const names = {
    actual: t.say("Thực hiện", "Actual"),
    expected: t.say("Kỳ vọng", "Expected"),
    forecast: t.say("Dự báo", "Forecast"),
    target: t.say("Chỉ tiêu", "Target"),
  };
  const days = (count: number) =>
    new DashboardLinkBuilder(t.say(`${count} ngày`, `${count} days`))
      .type(DashboardLinkType.Link)
      .url(`/d/${uid(t.code, "indicator")}?\${__all_variables}&from=now-${count}d&to=now`);
  const panel = linePanel(
    t,
    {
      title: t.say("Diễn biến so với chỉ tiêu", "The way to the target"),
      description: t.say(
        "Giá trị thực hiện, giá trị kỳ vọng, chỉ tiêu và dự báo đến hạn của từng chỉ tiêu, theo thời gian.",
        "Actual and expected value, target, and forecast at the deadline of each target, over time.",
      ),
      width: 16,
      height: 11,
      decimals: 2,
      unitOfIndicator: true,
    },
    { expr: `max(ioc_target_actual{${TARGET}})`, legend: names.actual },
    {
      expr: `max by (target) (ioc_target_expected{${TARGET}})`,
      legend: `${names.expected} {{target}}`,
    },
    {
      expr: `max by (target) (ioc_target_forecast{${TARGET}})`,
      legend: `${names.forecast} {{target}}`,
    },
    { expr: `max by (target) (ioc_target_value{${TARGET}})`, legend: `${names.target} {{target}}` },
  ).links([30, 90, 365].map(days));
  return panel
    .overrideByName(names.actual, [
      { id: "custom.lineWidth", value: 4 },
      { id: "color", value: { mode: "fixed", fixedColor: "#3274d9" } },
    ])
    .overrideByRegexp(`/^${names.expected}/`, dashed("#e0a800"))
    .overrideByRegexp(`/^${names.forecast}/`, dashed("#b877d9"))
    .overrideByRegexp(`/^${names.target}/`, dashed("#2f8f46"));
}

/** One row for each kind of period, one column for each of `which`. */
function periods(t: Tongue) {
  const kinds = {
    day: t.say("ngày", "day"),
    month: t.say("tháng", "month"),
    quarter: t.say("quý", "quarter"),
    year: t.say("năm", "year"),
  };
  const column = (text: string): DynamicConfigValue[] => [{ id: "displayName", value: text }];
  return describe(t, new TablePanelBuilder(), {
    title: t.say("Các kỳ", "Calendar periods"),
    description: t.say(
      "Kỳ này đến nay (của năm là lũy kế), kỳ trước, và cùng kỳ năm trước.",
      "This period so far (of the year: accumulated), the one before, and the same one last year.",
    ),
    width: 8,
    height: 11,
    unitOfIndicator: true,
    decimals: 2,
    byName: {
      "period\\which": [
        ...column(t.say("Kỳ", "Period")),
        {
          id: "mappings",
          value: [
            inWords(
              Object.fromEntries(Object.entries(kinds).map(([code, text]) => [code, { text }])),
            ),
          ],
        },
      ],
      current: column(t.say("Đến nay", "So far")),
      last: column(t.say("Kỳ trước", "Last")),
      same_last_year: column(t.say("Cùng kỳ", "Same last year")),
    },
  })
    .withTarget(tableQuery("A", `sum by (period, which) (ioc_period_value{${TARGET}})`))
    .withTransformation({
      id: "groupingToMatrix",
      options: { rowField: "period", columnField: "which", valueField: "Value #A" },
    });
}

function windows(t: Tongue) {
  const quantiles = inScope("quantile", WINDOW);
  return linePanel(
    t,
    {
      title: t.say("Giá trị và các phân vị", "Value and quantiles"),
      description: t.say(
        "Giá trị trong cửa sổ đã chọn; với thời gian xử lý là trung bình, cùng các phân vị.",
        "Value in the chosen window; of a duration that is the mean, with its quantiles beside.",
      ),
      width: 12,
      height: 9,
      decimals: 2,
      unitOfIndicator: true,
    },
    {
      expr: `label_replace(${inScope("value", WINDOW)}, "q", "${t.say("giá trị", "value")}", "", "") or ${quantiles}`,
      legend: "{{q}}",
    },
  );
}

function allScopes(t: Tongue) {
  const named =
    'label_replace(ioc_indicator_value{indicator="$indicator", ' +
    WINDOW +
    "} * on (department) " +
    `group_left (${t.nameLabel}) ioc_department_info, "name", "$1", "${t.nameLabel}", "(.+)")`;
  const members =
    'label_replace(ioc_member_indicator_value{indicator="$indicator", window=~"$window|latest"}, "name", "$1", "member", "(.+)")';
  return barPanel(
    t,
    {
      title: t.say("Theo đơn vị và thành phần", "By department and member"),
      description: t.say(
        "Giá trị của từng đơn vị báo cáo, và của từng thành phần (khu vực, ngành) nếu có.",
        "Value of each department that reports it, and of each member (area, sector) if it has any.",
      ),
      width: 24,
      height: 14,
      decimals: 2,
      unitOfIndicator: true,
    },
    { expr: `sort_desc(sum by (name) (${named} or ${members}))`, legend: "{{name}}" },
  );
}

function share(t: Tongue) {
  return linePanel(
    t,
    {
      title: t.say("Tỷ lệ thành phần đã có số liệu", "Share of members with a value"),
      description: t.say(
        "Trong số đơn vị hoặc thành phần phải có số liệu cho con số của tỉnh; dưới 95% là chưa đầy đủ.",
        "Of the departments or members that owe one for the province's figure; below 95% it is partial.",
      ),
      width: 12,
      height: 9,
      unit: PERCENT,
      decimals: 0,
    },
    {
      expr: 'max(ioc_province_indicator_members_ratio{indicator="$indicator", window=~"$window|latest"})',
      legend: t.say("Toàn tỉnh", "Province"),
    },
  )
    .min(0)
    .max(1);
}

function scopeVariable(t: Tongue) {
  const province = t.say("Toàn tỉnh", "Province");
  const one =
    'label_replace(label_replace(vector(1), "code", "province", "", ""), "name", "' +
    province +
    '", "", "")';
  const reporters =
    "ioc_department_info and on (department) ioc_indicator_last_event_timestamp_seconds" +
    '{indicator="$indicator"}';
  return namedVariable(
    "scope",
    t.say("Phạm vi", "Scope"),
    `${one} or ${codesAndNames(t, reporters, "department")}`,
    { text: province, value: "province" },
  );
}

export function indicator(t: Tongue): Dashboard {
  return frame(t, "indicator", {
    description: t.say(
      "Một chỉ số của tỉnh hoặc của một đơn vị: chỉ tiêu, diễn biến, các kỳ.",
      "One indicator of the province or of a department: targets, course, periods.",
    ),
    from: "now-24h",
    refresh: "30s",
    variables: [
      namedVariable(
        "indicator",
        t.say("Chỉ số", "Indicator"),
        codesAndNames(t, "ioc_indicator_info", "indicator"),
        {
          text: t.say(
            "Tỷ trọng kinh tế số tối thiểu trong từng ngành, lĩnh vực",
            "Minimum digital economy share across sectors",
          ),
          value: "digital_economy_sector_min_pct",
        },
      ),
      scopeVariable(t),
      windowVariable(t),
    ],
    panels: [
      simulatedNotice(t, 2),
      ...numbers(t),
      targetTable(t, {
        title: t.say("Chỉ tiêu của chỉ số", "The indicator's targets"),
        description: t.say(
          "Các chỉ tiêu của chỉ số trong phạm vi này.",
          "Targets of the indicator in this scope.",
        ),
        width: 24,
        height: 5,
        choice: { selector: TARGET, unit: "any" },
        trajectory: true,
      }),
      trajectory(t),
      periods(t),
      windows(t),
      share(t),
      allScopes(t),
    ],
  });
}
