// Panels as this project has them: each with a title and a description, numbers with their unit, and
// a word where there is no value. What is common stands here; the dashboards say what is shown.

import {
  BigValueColorMode,
  BigValueGraphMode,
  BigValueTextMode,
  GraphDrawStyle,
  LegendDisplayMode,
  LegendPlacement,
  ReduceDataOptionsBuilder,
  SortOrder,
  TooltipDisplayMode,
  VisibilityMode,
  VizLegendOptionsBuilder,
  VizOrientation,
  VizTooltipOptionsBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import * as bargauge from "@grafana/grafana-foundation-sdk/bargauge";
import {
  DynamicConfigValue,
  FieldColorBuilder,
  FieldColorModeId,
  MappingType,
  Threshold,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder, PromQueryFormat } from "@grafana/grafana-foundation-sdk/prometheus";
import * as stat from "@grafana/grafana-foundation-sdk/stat";
import * as timeseries from "@grafana/grafana-foundation-sdk/timeseries";
import { UNIT_FROM_QUERY, UNIT_QUERY, unitOfIndicator } from "./units";
import { Tongue } from "./tongue";

export const SOURCE = { type: "prometheus", uid: "prometheus" };

export interface Query {
  readonly expr: string;
  readonly legend?: string;
}

/** What every panel has. Sizes are in Grafana's grid, 24 wide. */
export interface PanelWords {
  readonly title: string;
  readonly description: string;
  readonly width: number;
  readonly height: number;
  readonly unit?: string;
  readonly decimals?: number;
  readonly mappings?: ValueMapping[];
  /** Each colour holds from its value on; the first from null, that is from below. */
  readonly thresholds?: Threshold[];
  /** Shown in place of a value where there is none. */
  readonly none?: string;
  /** The figures are those of `$indicator`, which has a unit of its own. */
  readonly unitOfIndicator?: boolean;
  /** Changes for series of one name. */
  readonly byName?: Readonly<Record<string, DynamicConfigValue[]>>;
}

export function reference(index: number): string {
  return String.fromCharCode("A".charCodeAt(0) + index);
}

function query(ref: string, { expr, legend }: Query): DataqueryBuilder {
  const built = new DataqueryBuilder().refId(ref).datasource(SOURCE).expr(expr);
  return legend === undefined ? built : built.legendFormat(legend);
}

/** The result of one instant as a table. */
export function tableQuery(ref: string, expr: string): DataqueryBuilder {
  return query(ref, { expr }).instant().format(PromQueryFormat.Table);
}

/** What the builders of all kinds of panel have in common. */
interface AnyPanel {
  title(text: string): this;
  description(text: string): this;
  datasource(source: typeof SOURCE): this;
  span(width: number): this;
  height(height: number): this;
  unit(unit: string): this;
  decimals(decimals: number): this;
  mappings(mappings: ValueMapping[]): this;
  noValue(text: string): this;
  thresholds(thresholds: ThresholdsConfigBuilder): this;
  colorScheme(color: FieldColorBuilder): this;
  withTarget(target: DataqueryBuilder): this;
  transformations(transformations: (typeof UNIT_FROM_QUERY)[]): this;
  overrideByName(name: string, properties: DynamicConfigValue[]): this;
}

export function describe<Panel extends AnyPanel>(
  t: Tongue,
  panel: Panel,
  words: PanelWords,
): Panel {
  panel
    .title(words.title)
    .description(words.description)
    .datasource(SOURCE)
    .span(words.width)
    .height(words.height)
    .noValue(words.none ?? t.say("Chưa có số liệu", "No data"));
  if (words.unit !== undefined) panel.unit(words.unit);
  if (words.decimals !== undefined) panel.decimals(words.decimals);
  if (words.mappings) panel.mappings(words.mappings);
  if (words.thresholds) {
    panel.thresholds(
      new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute).steps(words.thresholds),
    );
  }
  if (words.unitOfIndicator) {
    panel.withTarget(tableQuery(UNIT_QUERY, unitOfIndicator(t))).transformations([UNIT_FROM_QUERY]);
  }
  for (const [name, properties] of Object.entries(words.byName ?? {}))
    panel.overrideByName(name, properties);
  return panel;
}

const LAST = () => new ReduceDataOptionsBuilder().calcs(["lastNotNull"]);

/** A large number, or its word, on the colour of its threshold or mapping. */
export function statPanel(t: Tongue, words: PanelWords, ...queries: Query[]): stat.PanelBuilder {
  const panel = new stat.PanelBuilder()
    .reduceOptions(LAST())
    .graphMode(BigValueGraphMode.None)
    .colorMode(
      words.thresholds || words.mappings
        ? BigValueColorMode.BackgroundSolid
        : BigValueColorMode.None,
    )
    .textMode(
      queries.some((each) => each.legend !== undefined)
        ? BigValueTextMode.ValueAndName
        : BigValueTextMode.Value,
    )
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
  queries.forEach((each, i) => panel.withTarget(query(reference(i), each).instant()));
  return describe(t, panel, words);
}

/** The name of the only series, for what has its value in a label. */
export function namePanel(t: Tongue, words: PanelWords, named: Query): stat.PanelBuilder {
  return statPanel(t, words, named).textMode(BigValueTextMode.Name);
}

/** A bar for each series, as things stand now. */
export function barPanel(t: Tongue, words: PanelWords, ...queries: Query[]): bargauge.PanelBuilder {
  const panel = new bargauge.PanelBuilder()
    .reduceOptions(LAST())
    .orientation(VizOrientation.Horizontal)
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.Thresholds));
  queries.forEach((each, i) => panel.withTarget(query(reference(i), each).instant()));
  return describe(t, panel, words);
}

/** Lines over time; the legend shows the last value of each. */
export function linePanel(
  t: Tongue,
  words: PanelWords,
  ...queries: Query[]
): timeseries.PanelBuilder {
  const panel = new timeseries.PanelBuilder()
    .drawStyle(GraphDrawStyle.Line)
    .lineWidth(2)
    .fillOpacity(5)
    .showPoints(VisibilityMode.Auto)
    .legend(
      new VizLegendOptionsBuilder()
        .showLegend(true)
        .displayMode(LegendDisplayMode.Table)
        .placement(LegendPlacement.Bottom)
        .calcs(["lastNotNull"]),
    )
    .tooltip(
      new VizTooltipOptionsBuilder().mode(TooltipDisplayMode.Multi).sort(SortOrder.Descending),
    )
    .colorScheme(new FieldColorBuilder().mode(FieldColorModeId.PaletteClassicByName));
  queries.forEach((each, i) => panel.withTarget(query(reference(i), each).range()));
  return describe(t, panel, words);
}

/** A mapping of single values to words and colours. */
export function inWords(
  words: Readonly<Record<string, { text: string; color?: string }>>,
): ValueMapping {
  return { type: MappingType.ValueToText, options: { ...words } };
}
