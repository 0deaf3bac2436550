// Statuses of targets and states of reports: their words, shapes and colours, and the number by
// which a table sorts them. Colour never stands alone: each has a shape and a word.

import { MappingType, ValueMap } from "@grafana/grafana-foundation-sdk/dashboard";
import { Tongue } from "./tongue";

export interface State {
  /** As the metric's label has it. */
  readonly code: string;
  readonly shape: string;
  readonly color: string;
  readonly vi: string;
  readonly en: string;
}

const RED = "#c4162a";
const ORANGE = "#e0570b";
const AMBER = "#e0a800";
const BLUE = "#3274d9";
const GREY = "#6e7681";
const GREEN = "#2f8f46";

/** All statuses of ioc_target_status, the worst first. */
export const TARGET_STATUSES: readonly State[] = [
  { code: "missed", shape: "✖", color: RED, vi: "không đạt", en: "missed" },
  { code: "regressed", shape: "◀", color: ORANGE, vi: "thụt lùi", en: "regressed" },
  { code: "lagging", shape: "▼", color: ORANGE, vi: "chậm tiến độ", en: "lagging" },
  { code: "at_risk", shape: "◆", color: AMBER, vi: "có nguy cơ", en: "at risk" },
  {
    code: "awaiting_final",
    shape: "◔",
    color: BLUE,
    vi: "chờ số chính thức",
    en: "awaiting final figure",
  },
  { code: "no_baseline", shape: "○", color: GREY, vi: "chưa có mốc gốc", en: "no baseline" },
  { code: "no_data", shape: "□", color: GREY, vi: "chưa có số liệu", en: "no data" },
  {
    code: "too_early",
    shape: "◌",
    color: GREY,
    vi: "quá sớm để đánh giá",
    en: "too early to tell",
  },
  { code: "on_track", shape: "▲", color: GREEN, vi: "đúng tiến độ", en: "on track" },
  { code: "no_deadline", shape: "–", color: GREY, vi: "không thời hạn", en: "no deadline" },
  { code: "achieved", shape: "✔", color: GREEN, vi: "đã đạt", en: "achieved" },
];

/** All states of ioc_report_state, the worst first. */
export const REPORT_STATES: readonly State[] = [
  { code: "missing", shape: "✖", color: RED, vi: "thiếu", en: "missing" },
  { code: "late", shape: "▼", color: ORANGE, vi: "chậm", en: "late" },
  { code: "due", shape: "◆", color: AMBER, vi: "đến hạn", en: "due" },
  { code: "fresh", shape: "✔", color: GREEN, vi: "đủ", en: "up to date" },
  { code: "waived", shape: "–", color: GREY, vi: "được miễn", en: "waived" },
];

export function wordOf(t: Tongue, state: State): string {
  return `${state.shape} ${t.say(state.vi, state.en)}`;
}

export function targetStatus(code: string): State {
  const found = TARGET_STATUSES.find((status) => status.code === code);
  if (!found) throw new Error(`there is no target status ${code}`);
  return found;
}

/**
 * PromQL: a number for each group of series of `family`, whose label `label` says the state: 1 for the
 * first of `states`, 2 for the next, and so on. `rankWords` turns it into words.
 */
export function rank(
  family: string,
  label: string,
  states: readonly State[],
  selector: string,
  by: string,
): string {
  const matchers = (code: string) => [`${label}="${code}"`, selector].filter(Boolean).join(", ");
  const terms = states.map((state, i) => `${family}{${matchers(state.code)}} * ${i + 1}`);
  return `sum by (${by}) (${terms.join(" or ")})`;
}

/** What `rank` gives, in words and colours. */
export function rankWords(t: Tongue, states: readonly State[]): ValueMap {
  const options: ValueMap["options"] = {};
  states.forEach((state, i) => {
    options[String(i + 1)] = { text: wordOf(t, state), color: state.color, index: i };
  });
  return { type: MappingType.ValueToText, options };
}
