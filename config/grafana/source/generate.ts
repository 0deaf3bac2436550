// node generate.js DIRECTORY: writes every dashboard as DIRECTORY/vi/NAME.json and DIRECTORY/en/NAME.json.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { daemon } from "./daemon";
import { department } from "./department";
import { NAMES, Name } from "./frame";
import { indicator } from "./indicator";
import { targets } from "./targets";
import { Tongue, english, vietnamese } from "./tongue";
import { wall } from "./wall";

const DASHBOARDS: Record<Name, (t: Tongue) => Dashboard> = {
  wall,
  targets,
  department,
  indicator,
  daemon,
};

const directory = process.argv[2];
if (!directory) throw new Error("usage: node generate.js DIRECTORY");
for (const tongue of [vietnamese, english]) {
  mkdirSync(join(directory, tongue.code), { recursive: true });
  for (const name of NAMES) {
    const text = JSON.stringify(DASHBOARDS[name](tongue), null, 1);
    writeFileSync(join(directory, tongue.code, `${name}.json`), `${text}\n`);
  }
}
