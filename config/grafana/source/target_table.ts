// The table of targets: status, names, where the figure stands and where it should, how long is left.

import { departmentUrl, indicatorUrl } from "./frame";
import { PanelWords, inWords } from "./panels";
import { TargetChoice, daysLeft, targetFigure, targetRank } from "./queries";
import { TARGET_STATUSES, rankWords } from "./states";
import { Column, tablePanel } from "./tables";
import { Tongue } from "./tongue";
import { PERCENT, unitWords } from "./units";

export interface TargetTableWords extends Pick<
  PanelWords,
  "title" | "description" | "width" | "height"
> {
  readonly choice: TargetChoice;
  /** Also those figures that only targets with a baseline have. */
  readonly trajectory: boolean;
  readonly tall?: boolean;
}

/** Percents, or figures of other units each with its unit; the worst status stands first. */
export function targetTable(t: Tongue, words: TargetTableWords) {
  const { choice } = words;
  const unit = { percent: PERCENT, other: "locale", any: undefined }[choice.unit];
  const figure = (title: string, what: string): Column => ({
    expr: targetFigure(choice, what),
    title,
    unit,
    decimals: choice.unit === "percent" ? 2 : undefined,
    width: 105,
  });
  const status = t.say("Trạng thái", "Status");
  const trajectory: Column[] = [
    figure(t.say("Kỳ vọng", "Expected"), "expected"),
    figure(t.say("Còn thiếu", "Shortfall"), "shortfall"),
    figure(t.say("Dự báo", "Forecast"), "forecast"),
    {
      expr: targetFigure(choice, "pace_ratio"),
      title: t.say("Nhịp độ", "Pace"),
      unit: PERCENT,
      decimals: 0,
      width: 85,
    },
  ];
  const columns: Column[] = [
    {
      expr: targetRank(t, choice),
      title: status,
      width: 175,
      unit: "none",
      mappings: [rankWords(t, TARGET_STATUSES)],
      filled: true,
    },
    {
      label: "indicator_name",
      title: t.say("Chỉ số", "Indicator"),
      link: {
        title: t.say("Diễn biến của chỉ số", "The indicator's course"),
        url: indicatorUrl(t, "${__data.fields.scope}"),
      },
    },
    {
      label: "owner_name",
      title: t.say("Chủ trì", "Owner"),
      link: {
        title: t.say("Trang của đơn vị", "The department's page"),
        url: departmentUrl(t, "owner"),
      },
    },
    { label: "scope_name", title: t.say("Phạm vi", "Scope"), width: 120 },
    {
      label: "target",
      title: t.say("Mốc", "Deadline"),
      width: 80,
      mappings: [inWords({ none: { text: "–" } })],
    },
    figure(t.say("Thực hiện", "Actual"), "actual"),
    ...(words.trajectory ? trajectory.slice(0, 1) : []),
    figure(t.say("Chỉ tiêu", "Target"), "value"),
    ...(words.trajectory ? trajectory.slice(1) : []),
    {
      expr: daysLeft(choice),
      title: t.say("Số ngày còn", "Days left"),
      unit: "none",
      decimals: 0,
      width: 95,
    },
  ];
  if (choice.unit === "other") {
    columns.push({
      label: "unit",
      title: t.say("Đơn vị tính", "Unit"),
      width: 120,
      mappings: [unitWords(t)],
    });
  }
  return tablePanel(t, {
    ...words,
    columns,
    hidden: ["scope", "indicator", "owner", ...(choice.unit === "other" ? [] : ["unit"])],
    sortBy: status,
    unitOfIndicator: choice.unit === "any",
  });
}
