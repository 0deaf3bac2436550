// Scales and ticks of the plots: arithmetic alone, no DOM and no language. Times are milliseconds
// since 1970; days, months and years begin at midnight +07:00, all year.

import {AHEAD} from './zone.js';

const DAY = 24 * 3600e3;

/// Maps [from, to] onto [start, end]. A domain without extent is mapped to the middle.
export function scale([from, to], [start, end]) {
  if (from === to) return () => (start + end) / 2;
  return (value) => start + ((value - from) / (to - from)) * (end - start);
}

/// A domain that shows all values with some air. With `floor` it does not go below it (a bound of the
/// indicator), unless a value does. Null without values.
export function domainOf(values, floor) {
  if (values.length === 0) return null;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const air = high > low ? (high - low) * 0.12 : Math.abs(high) * 0.1 || 1;
  const from = floor === undefined ? low - air : Math.min(low, Math.max(floor, low - air));
  return [from, high + air];
}

/// Round values within [from, to]: about `most` of them, at 1, 2, 2.5 or 5 times a power of ten.
export function ticks(from, to, most) {
  if (!(to > from)) return [from];
  const rough = (to - from) / Math.max(most, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((n) => n * power).find((n) => n >= rough * (1 - 1e-9));
  const values = [];
  for (let k = Math.ceil(from / step - 1e-9); k * step <= to + step * 1e-9; ++k) {
    values.push(Number((k * step).toPrecision(12)) + 0);
  }
  return values;
}

const STEPS = [
  {unit: 'hour', size: 3600e3, counts: [1, 2, 3, 6, 12]},
  {unit: 'day', size: DAY, counts: [1, 2, 5, 10]},
  {unit: 'month', size: 30.44 * DAY, counts: [1, 2, 3, 6]},
  {unit: 'year', size: 365.25 * DAY, counts: [1, 2, 5, 10, 20, 50]},
];

/// Starts of hours, days, months or years within [from, to], at most `most` of them:
/// [{time, unit}], oldest first.
export function timeTicks(from, to, most) {
  let chosen = {unit: 'year', count: 100};
  search: for (const {unit, size, counts} of STEPS) {
    for (const count of counts) {
      if ((to - from) / (size * count) <= most) {
        chosen = {unit, count};
        break search;
      }
    }
  }
  const found = [];
  for (let time = startOf(from, chosen); time <= to; time = next(time, chosen)) {
    if (time >= from) found.push({time, unit: chosen.unit});
  }
  return found;
}

function startOf(time, {unit, count}) {
  const date = new Date(time + AHEAD);
  const year = date.getUTCFullYear();
  const down = (number) => Math.floor(number / count) * count;
  switch (unit) {
    case 'year': return Date.UTC(down(year), 0) - AHEAD;
    case 'month': return Date.UTC(year, down(date.getUTCMonth())) - AHEAD;
    case 'day': return Date.UTC(year, date.getUTCMonth(), 1 + down(date.getUTCDate() - 1)) - AHEAD;
    default: return Date.UTC(year, date.getUTCMonth(), date.getUTCDate(), down(date.getUTCHours())) - AHEAD;
  }
}

function next(time, {unit, count}) {
  const date = new Date(time + AHEAD);
  const [year, month, day] = [date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate()];
  switch (unit) {
    case 'year': return Date.UTC(year + count, 0) - AHEAD;
    case 'month': return Date.UTC(year, month + count) - AHEAD;
    case 'day': {
      // Every month begins anew; a last step that would crowd the month's end is left out.
      const last = new Date(Date.UTC(year, month + 1, 0)).getUTCDate();
      return Date.UTC(year, month, day + count + (count - 1) / 2 > last ? last + 1 : day + count) - AHEAD;
    }
    default: return time + count * 3600e3;
  }
}
