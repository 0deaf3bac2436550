// PromQL that several dashboards share. Each function gives one expression; labels that a table does
// not need are summed away, so that the results of several queries can be merged row by row.

import { TARGET_STATUSES, rank } from "./states";
import { Tongue } from "./tongue";

/** What names one target. */
export const TARGET_KEY = "scope, indicator, target, owner";

/** Targets that somebody has to look at. */
const NOT_WELL = `on (${TARGET_KEY}) ioc_target_status{status=~"missed|regressed|lagging|at_risk"} == 1`;

/** A constant with one or two labels. */
function constant(label: string, value: string): string {
  return `label_replace(vector(1), "${label}", "${value}", "", "")`;
}

/** The names of departments as label `as`, matched by label `by`; `otherwise` names what is none. */
function departmentNames(t: Tongue, by: string, as: string, otherwise?: string): string {
  const named = `label_replace(ioc_department_info, "${as}", "$1", "${t.nameLabel}", "(.+)")`;
  const keyed =
    by === "department" ? named : `label_replace(${named}, "${by}", "$1", "department", "(.+)")`;
  return `on (${by}) group_left (${as}) (${otherwise ? `${keyed} or ${otherwise}` : keyed})`;
}

export function withDepartmentName(t: Tongue, expr: string): string {
  return `${expr} * ${departmentNames(t, "department", "department_name")}`;
}

/** The name of the indicator as `indicator_name`, and its `unit`. */
export function withIndicatorName(t: Tongue, expr: string): string {
  return (
    `${expr} * on (indicator) group_left (indicator_name, unit) ` +
    `label_replace(ioc_indicator_info, "indicator_name", "$1", "${t.nameLabel}", "(.+)")`
  );
}

/** A target without an owner stays, with a dash for its name. */
export function withOwnerName(t: Tongue, expr: string): string {
  return `${expr} * ${departmentNames(t, "owner", "owner_name", constant("owner_name", "–"))}`;
}

export function withScopeName(t: Tongue, expr: string): string {
  const province =
    `label_replace(${constant("scope", "province")}, "scope_name", ` +
    `"${t.say("Toàn tỉnh", "Province")}", "", "")`;
  return `${expr} * ${departmentNames(t, "scope", "scope_name", province)}`;
}

/** Which targets a table lists. */
export interface TargetChoice {
  /** Matchers of scope, indicator, target, owner; may be empty. */
  readonly selector: string;
  /** Percents are fractions in Prometheus and need a unit of their own; `any` takes all. */
  readonly unit: "percent" | "other" | "any";
  /** Only those that are missed, regressed, lagging or at risk. */
  readonly notWell?: boolean;
}

function chosen(choice: TargetChoice, expr: string): string {
  const unit = {
    percent: ' and on (indicator) ioc_indicator_info{unit="percent"}',
    other: ' unless on (indicator) ioc_indicator_info{unit="percent"}',
    any: "",
  }[choice.unit];
  return `(${expr}${unit}${choice.notWell ? ` and ${NOT_WELL}` : ""})`;
}

/** The status as a number, the worst lowest, with the names of indicator, scope and owner. */
export function targetRank(t: Tongue, choice: TargetChoice): string {
  const ranks = rank("ioc_target_status", "status", TARGET_STATUSES, choice.selector, TARGET_KEY);
  return withScopeName(t, withOwnerName(t, withIndicatorName(t, chosen(choice, ranks))));
}

/** One figure of each target: `ioc_target_<what>`. */
export function targetFigure(choice: TargetChoice, what: string): string {
  return chosen(choice, `sum by (${TARGET_KEY}) (ioc_target_${what}{${choice.selector}})`);
}

/** Days until the deadline of each target; below 0 once it has passed. */
export function daysLeft(choice: TargetChoice): string {
  return `(${targetFigure(choice, "deadline_timestamp_seconds")} - time()) / 86400`;
}

export function targetsOfStatus(code: string): string {
  return `count(ioc_target_status{status="${code}"} == 1) or vector(0)`;
}

/** The quantile `q` of a histogram of the daemon. */
export function quantile(q: number, histogram: string): string {
  return `histogram_quantile(${q}, sum by (le) (rate(${histogram}_bucket[$__rate_interval])))`;
}
