// What all dashboards share: the notice of simulated data on top, time zone, refresh, and the links
// that lead from each to the others and to itself in the other language.

import {
  CustomVariableBuilder,
  Dashboard,
  DashboardBuilder,
  DashboardLinkBuilder,
  DashboardLinkType,
  MappingType,
  Panel,
  QueryVariableBuilder,
  RowBuilder,
  VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { Builder } from "@grafana/grafana-foundation-sdk/cog";
import { VizTextDisplayOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { SOURCE, statPanel } from "./panels";
import { Tongue } from "./tongue";

/** The dashboards, in the order of the links. */
export const NAMES = ["wall", "targets", "department", "indicator", "daemon"] as const;
export type Name = (typeof NAMES)[number];

export function title(t: Tongue, name: Name): string {
  return {
    wall: t.say("Màn hình điều hành", "Wall"),
    targets: t.say("Chỉ tiêu của tỉnh", "Province targets"),
    department: t.say("Đơn vị", "Department"),
    indicator: t.say("Chỉ số", "Indicator"),
    daemon: t.say("Tình trạng dịch vụ", "Daemon health"),
  }[name];
}

export function uid(code: Tongue["code"], name: Name): string {
  return `ioc-${code}-${name}`;
}

export function indicatorUrl(t: Tongue, scope: string): string {
  return `/d/${uid(t.code, "indicator")}?var-indicator=\${__data.fields.indicator}&var-scope=${scope}`;
}

/** The page of the department that stands in a field of the row. */
export function departmentUrl(t: Tongue, field: "department" | "owner"): string {
  return `/d/${uid(t.code, "department")}?var-department=\${__data.fields.${field}}`;
}

/** Nobody shall take the demonstration's figures for real ones. */
export function simulatedNotice(t: Tongue, height: number) {
  const words = (from: number, to: number | null, text: string, color: string) => ({
    type: MappingType.RangeToText as const,
    options: { from, to, result: { text, color } },
  });
  return statPanel(
    t,
    {
      title: t.say("Nguồn số liệu", "Source of the data"),
      description: t.say(
        "Có đơn vị nào đang có số liệu mô phỏng hay không.",
        "Whether any department has simulated data.",
      ),
      width: 24,
      height,
      none: t.say("KHÔNG CÓ SỐ LIỆU: dịch vụ không trả lời", "NO DATA: the daemon does not answer"),
      mappings: [
        words(1, null, "⚠ DỮ LIỆU MÔ PHỎNG / SIMULATED DATA ⚠", "#b5179e"),
        words(0, 0, t.say("Số liệu thật", "Real data"), "#3a3f47"),
      ],
    },
    { expr: "sum(ioc_department_simulated)" },
  ).text(new VizTextDisplayOptionsBuilder().valueSize(height > 2 ? 60 : 36));
}

function links(t: Tongue, own: Name): DashboardLinkBuilder[] {
  const other = t.code === "vi" ? "en" : "vi";
  const link = (text: string, url: string, icon: string) =>
    new DashboardLinkBuilder(text).type(DashboardLinkType.Link).url(url).icon(icon).keepTime(true);
  return [
    ...NAMES.filter((name) => name !== own).map((name) =>
      link(title(t, name), `/d/${uid(t.code, name)}`, "dashboard"),
    ),
    link(t.say("English", "Tiếng Việt"), `/d/${uid(other, own)}`, "external link").includeVars(
      true,
    ),
  ];
}

export interface FrameWords {
  readonly description: string;
  /** What is shown at first, for example "now-6h". */
  readonly from: string;
  readonly refresh: "5s" | "30s";
  readonly variables?: readonly Builder<VariableModel>[];
  /** In reading order; a string begins a row of that title. */
  readonly panels: readonly (string | Builder<Panel>)[];
}

export function frame(t: Tongue, name: Name, words: FrameWords): Dashboard {
  const builder = new DashboardBuilder(title(t, name))
    .uid(uid(t.code, name))
    .description(words.description)
    .tags(["ioc", `ioc-${t.code}`])
    .timezone("Asia/Ho_Chi_Minh")
    .weekStart("monday")
    .readonly()
    .time({ from: words.from, to: "now" })
    .refresh(words.refresh)
    .links(links(t, name))
    .variables([...(words.variables ?? [])]);
  for (const panel of words.panels) {
    if (typeof panel === "string") builder.withRow(new RowBuilder(panel));
    else builder.withPanel(panel);
  }
  const dashboard = builder.build();
  dashboard.panels?.forEach((panel, i) => {
    panel.id = i + 1;
  });
  return dashboard;
}

/**
 * A variable whose values are codes and whose texts are names. `series` is PromQL for series with the
 * two labels `code` and `name`.
 */
export function namedVariable(
  name: string,
  label: string,
  series: string,
  first: { text: string; value: string },
): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(SOURCE)
    .query(`query_result(${series})`)
    .regex('/code="(?<value>[^"]*)",name="(?<text>.*)"}/')
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalCaseInsensitiveAsc)
    .current({ selected: true, ...first });
}

/** Which rolling window is shown of the kinds that have windows. */
export function windowVariable(t: Tongue): CustomVariableBuilder {
  const windows = ["1m", "5m", "15m", "1h", "6h", "24h", "7d", "30d"];
  return new CustomVariableBuilder("window")
    .label(t.say("Cửa sổ", "Window"))
    .values(windows.join(","))
    .options(windows.map((value) => ({ text: value, value, selected: value === "7d" })))
    .current({ text: "7d", value: "7d", selected: true });
}

/** PromQL: series with labels `code` and `name` from the info family `info`, keyed by its label `key`. */
export function codesAndNames(t: Tongue, info: string, key: string): string {
  return (
    `group by (code, name) (label_replace(label_replace(${info}, "code", "$1", "${key}", "(.+)"), ` +
    `"name", "$1", "${t.nameLabel}", "(.+)"))`
  );
}
