// Units of the catalogue, in words. A percent is a fraction in Prometheus: Grafana's "percentunit".

import {
  DataTransformerConfig,
  MappingType,
  ValueMap,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { Tongue } from "./tongue";

export const PERCENT = "percentunit";

/** Units of the shipped catalogues; any other is shown by its code. */
const UNITS: readonly (readonly [code: string, vi: string, en: string])[] = [
  ["district", "huyện", "districts"],
  ["dossier", "hồ sơ", "dossiers"],
  ["enterprise", "doanh nghiệp", "enterprises"],
  ["event", "sự kiện", "events"],
  ["facility", "cơ sở", "facilities"],
  ["farm", "trang trại", "farms"],
  ["group", "tổ", "groups"],
  ["hectare", "ha", "ha"],
  ["hour", "giờ", "hours"],
  ["level", "cấp độ", "level"],
  ["million_vnd_per_ha", "triệu đồng/ha", "million VND/ha"],
  ["percentage_point", "điểm phần trăm", "percentage points"],
  ["person", "người", "persons"],
  ["person_per_agency", "người/cơ quan", "persons per agency"],
  ["product", "sản phẩm", "products"],
  ["product_line", "dòng sản phẩm", "product lines"],
  ["rank", "thứ hạng", "rank"],
  ["service", "dịch vụ", "services"],
  ["task", "nhiệm vụ", "tasks"],
  ["transaction", "giao dịch", "transactions"],
  ["unit", "đơn vị", "units"],
];

export function unitWords(t: Tongue): ValueMap {
  const options: ValueMap["options"] = {};
  UNITS.forEach(([code, vi, en], index) => {
    options[code] = { text: t.say(vi, en), index };
  });
  return { type: MappingType.ValueToText, options };
}

/** The reference of the query that `unitOfIndicator` is. */
export const UNIT_QUERY = "unit";

/** PromQL: one series whose label `unit` is Grafana's name for the unit of `$indicator`. */
export function unitOfIndicator(t: Tongue): string {
  const series = 'group by (unit) (ioc_indicator_info{indicator="$indicator"})';
  return UNITS.reduce(
    (expr, [code, vi, en]) =>
      `label_replace(${expr}, "unit", "suffix:${t.say(vi, en)}", "unit", "${code}")`,
    `label_replace(${series}, "unit", "${PERCENT}", "unit", "percent")`,
  );
}

/** Gives the figures of a panel the unit that `unitOfIndicator` found. */
export const UNIT_FROM_QUERY: DataTransformerConfig = {
  id: "configFromData",
  options: {
    configRefId: UNIT_QUERY,
    mappings: [{ fieldName: "unit", handlerKey: "unit", reducerId: "lastNotNull" }],
  },
};
