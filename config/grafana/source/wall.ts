// The wall: what must be seen from five metres, on one screen of 1920x1080 without a scroll bar.

import { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { VizTextDisplayOptionsBuilder } from "@grafana/grafana-foundation-sdk/common";
import { frame, simulatedNotice } from "./frame";
import { statPanel } from "./panels";
import { targetsOfStatus } from "./queries";
import { reportingTable } from "./reports";
import { targetStatus, wordOf } from "./states";
import { targetTable } from "./target_table";
import { Tongue } from "./tongue";

function statusCount(t: Tongue, code: string) {
  const status = targetStatus(code);
  return statPanel(
    t,
    {
      title: wordOf(t, status).toLocaleUpperCase(t.code),
      description: t.say(
        `Số chỉ tiêu ${status.vi}, của tỉnh và của các đơn vị.`,
        `Targets ${status.en}, of the province and of departments.`,
      ),
      width: 4,
      height: 4,
      decimals: 0,
      thresholds: [{ value: null, color: status.color }],
    },
    { expr: targetsOfStatus(code) },
  ).text(new VizTextDisplayOptionsBuilder().valueSize(72));
}

function complete(t: Tongue) {
  return statPanel(
    t,
    {
      title: t.say("ĐƠN VỊ ĐÃ GỬI ĐỦ", "DEPARTMENTS COMPLETE"),
      description: t.say(
        "Số đơn vị đã gửi đủ mọi báo cáo đến hạn tính đến lúc này, trên tổng số.",
        "Departments that have sent every report that has come due by now, of all.",
      ),
      width: 4,
      height: 4,
      decimals: 0,
    },
    {
      expr: "count(ioc_department_completeness_ratio >= 1) or vector(0)",
      legend: t.say("đã đủ", "complete"),
    },
    { expr: "count(ioc_department_completeness_ratio)", legend: t.say("tổng số", "of all") },
  );
}

export function wall(t: Tongue): Dashboard {
  const notWell = (unit: "percent" | "other") => ({ selector: "", unit, notWell: true });
  return frame(t, "wall", {
    description: t.say(
      "Toàn cảnh trung tâm điều hành; mở với ?kiosk trên màn hình lớn.",
      "The operations centre at a glance; open it with ?kiosk on the wall.",
    ),
    from: "now-6h",
    refresh: "5s",
    panels: [
      simulatedNotice(t, 3),
      ...["missed", "lagging", "at_risk", "on_track", "achieved"].map((code) =>
        statusCount(t, code),
      ),
      complete(t),
      targetTable(t, {
        title: t.say("Chỉ tiêu cần chú ý", "Targets that need attention"),
        description: t.say(
          "Chỉ tiêu không đạt, chậm tiến độ, thụt lùi hoặc có nguy cơ, nặng nhất ở trên. Tỷ lệ phần trăm.",
          "Targets missed, regressed, lagging or at risk, the worst on top. Percentages.",
        ),
        width: 16,
        height: 20,
        tall: true,
        choice: notWell("percent"),
        trajectory: true,
      }),
      reportingTable(t, { width: 8, height: 14 }),
      targetTable(t, {
        title: t.say(
          "Chỉ tiêu cần chú ý, đơn vị tính khác",
          "Targets that need attention, other units",
        ),
        description: t.say(
          "Như bảng bên, với các chỉ số không tính bằng phần trăm.",
          "As the table beside, for indicators that are no percentages.",
        ),
        width: 8,
        height: 6,
        choice: notWell("other"),
        trajectory: false,
      }).gridPos({ x: 16, y: 21, w: 8, h: 6 }),
    ],
  });
}
