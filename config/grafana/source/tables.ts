// Tables: the results of several queries, merged row by row, in the order of the columns.

import {
  TableCellBackgroundDisplayMode,
  TableCellDisplayMode,
  TableCellHeight,
  TableSortByFieldStateBuilder,
} from "@grafana/grafana-foundation-sdk/common";
import {
  DataTransformerConfig,
  DynamicConfigValue,
  ValueMapping,
} from "@grafana/grafana-foundation-sdk/dashboard";
import * as table from "@grafana/grafana-foundation-sdk/table";
import { PanelWords, describe, reference, tableQuery } from "./panels";
import { Tongue } from "./tongue";
import { UNIT_FROM_QUERY } from "./units";

interface Look {
  readonly title: string;
  readonly width?: number;
  readonly unit?: string;
  readonly decimals?: number;
  readonly mappings?: ValueMapping[];
  /** The colour of the mapping fills the cell. */
  readonly filled?: boolean;
  /** Where a click on the cell leads. */
  readonly link?: { readonly title: string; readonly url: string };
}

/** A column is a label of the queries' series, or the value of a query of its own. */
export type Column = Look & ({ readonly label: string } | { readonly expr: string });

export interface TableWords extends PanelWords {
  readonly columns: readonly Column[];
  /** Labels that links need but nobody reads. */
  readonly hidden?: readonly string[];
  /** Title of the column to sort by; from the largest if it begins with "-". */
  readonly sortBy: string;
  /** Rows that are read from afar. */
  readonly tall?: boolean;
}

function properties(column: Column): DynamicConfigValue[] {
  const wrap = { wrapText: true };
  const cell = column.filled
    ? {
        type: TableCellDisplayMode.ColorBackground,
        mode: TableCellBackgroundDisplayMode.Basic,
        ...wrap,
      }
    : { type: TableCellDisplayMode.Auto, ...wrap };
  const found: DynamicConfigValue[] = [
    { id: "displayName", value: column.title },
    { id: "custom.cellOptions", value: cell },
  ];
  if (column.width !== undefined) found.push({ id: "custom.width", value: column.width });
  if (column.unit !== undefined) found.push({ id: "unit", value: column.unit });
  if (column.decimals !== undefined) found.push({ id: "decimals", value: column.decimals });
  if (column.mappings) found.push({ id: "mappings", value: column.mappings });
  if (column.link) found.push({ id: "links", value: [column.link] });
  return found;
}

/** The data source names values by their query only where there are several queries. */
function valueField(ref: string, queries: number): string {
  return queries > 1 ? `Value #${ref}` : "Value";
}

export function tablePanel(t: Tongue, words: TableWords): table.PanelBuilder {
  const panel = describe(t, new table.PanelBuilder(), { none: "–", ...words }); // in each empty cell
  const exprs = words.columns.flatMap((column) => ("expr" in column ? [column.expr] : []));
  const queries = exprs.length + (words.unitOfIndicator ? 1 : 0);
  let next = 0;
  const fields = words.columns.map((column) =>
    "label" in column ? column.label : valueField(reference(next++), queries),
  );

  exprs.forEach((expr, i) => panel.withTarget(tableQuery(reference(i), expr)));
  words.columns.forEach((column, i) => panel.overrideByName(fields[i], properties(column)));
  for (const label of words.hidden ?? [])
    panel.overrideByName(label, [{ id: "custom.hidden", value: true }]);
  const steps: DataTransformerConfig[] = [
    { id: "merge", options: {} },
    {
      id: "organize",
      options: {
        excludeByName: { Time: true },
        indexByName: Object.fromEntries(fields.map((field, i) => [field, i])),
      },
    },
  ];
  return panel
    .transformations(words.unitOfIndicator ? [UNIT_FROM_QUERY, ...steps] : steps)
    .cellHeight(words.tall ? TableCellHeight.Lg : TableCellHeight.Sm)
    .sortBy([
      new TableSortByFieldStateBuilder()
        .displayName(words.sortBy.replace(/^-/, ""))
        .desc(words.sortBy.startsWith("-")),
    ]);
}
