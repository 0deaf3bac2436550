// The health of the daemon: whether it takes what is sent, how fast, and what it needs for that.

import { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { doors, room, times } from "./daemon_lines";
import { alerts, numbers, state } from "./daemon_state";
import { frame, simulatedNotice } from "./frame";
import { Tongue } from "./tongue";

export function daemon(t: Tongue): Dashboard {
  return frame(t, "daemon", {
    description: t.say(
      "Dịch vụ có nhận số liệu không, nhanh chậm ra sao, dùng bao nhiêu tài nguyên.",
      "Whether the daemon takes what is sent, how fast, and what it needs for that.",
    ),
    from: "now-6h",
    refresh: "30s",
    panels: [
      simulatedNotice(t, 2),
      ...state(t),
      ...numbers(t),
      t.say("Nhận số liệu", "What comes in"),
      ...doors(t),
      t.say("Thời gian xử lý", "How long it takes"),
      ...times(t),
      alerts(t),
      t.say("Đĩa và bộ nhớ", "Disk and memory"),
      ...room(t),
    ],
  });
}
