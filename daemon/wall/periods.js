// Calendar periods by their labels: "2024-03-05", "2024-03", "2024-Q1", "2024". Civil ones, half
// open, in the zone +07:00.

import {AHEAD} from './zone.js';

/// "day", "month", "quarter" or "year" of a label; null if it is none.
export function periodKind(label) {
  if (/^\d{4}$/.test(label)) return 'year';
  if (/^\d{4}-Q[1-4]$/.test(label)) return 'quarter';
  if (/^\d{4}-\d{2}$/.test(label)) return 'month';
  return /^\d{4}-\d{2}-\d{2}$/.test(label) ? 'day' : null;
}

/// The exclusive end of a period in milliseconds since 1970; null if the label is none.
export function periodEnd(label) {
  const year = Number(label.slice(0, 4));
  switch (periodKind(label)) {
    case 'year': return Date.UTC(year + 1, 0) - AHEAD;
    case 'quarter': return Date.UTC(year, 3 * Number(label.slice(6))) - AHEAD;
    case 'month': return Date.UTC(year, Number(label.slice(5))) - AHEAD;
    case 'day': return Date.UTC(year, Number(label.slice(5, 7)) - 1, Number(label.slice(8)) + 1) - AHEAD;
    default: return null;
  }
}

/// Midnight +07:00 with which a day begins: "2025-01-01".
export function dayStart(text) {
  const [year, month, day] = text.split('-').map(Number);
  return Date.UTC(year, month - 1, day) - AHEAD;
}

/// The kind of period whose figures a reader compares at an indicator's cadence.
export function comparedPeriod(cadence) {
  return {quarterly: 'quarter', yearly: 'year'}[cadence] ?? 'month';
}

/// The row's period of a kind ("month") and place ("current", "last", "same_last_year"), or undefined.
export function periodOf(row, kind, which) {
  return row?.periods?.find((period) => period.kind === kind && period.which === which);
}
