// Words of times, periods and bounds as the pages and their plots write them.

import {dateTime, day, figure, format, time as inZone} from './formats.js';
import {periodKind} from './periods.js';
import {language, word} from './words.js';
import {AHEAD} from './zone.js';

const SIGNS = {ge: '≥', gt: '>', le: '≤', lt: '<'};

/// "≥ 48,56%": what a target asks for.
export function boundText(target, unit) {
  return `${SIGNS[target.operator] ?? ''} ${figure(target.targetValue, unit)}`;
}

/// "Chỉ tiêu đến hết năm 2025": which of an indicator's targets it is.
export function targetTitle({target}) {
  return target === 'none' ? word('target_without_deadline') : word('target_until', periodText(target));
}

/// The day of a time in ms; a midnight of New Year is the end of the year before, "cuối năm 2024".
export function shownDay(time) {
  return endedYear(time) ?? day(new Date(time));
}

/// The same with the time of day.
export function shownInstant(time) {
  return endedYear(time) ?? dateTime(new Date(time));
}

function endedYear(time) {
  const local = new Date(time + AHEAD).toISOString();
  return local.slice(5, 19) === '01-01T00:00:00' ? word('end_of_year', Number(local.slice(0, 4)) - 1) : null;
}

/// The last day before an exclusive end, in ms; empty without one.
export function lastDay(end) {
  return end === undefined || end === null ? '' : day(new Date(end - 1));
}

/// "2024-Q1" as "quý 1/2024".
export function periodText(label) {
  const kind = periodKind(label);
  const [year, part, date] = label.split('-');
  switch (kind) {
    case 'year': return word('name_year', year);
    case 'quarter': return word('name_quarter', part.slice(1), year);
    case 'month': return word('name_month', ...monthParts(year, part));
    case 'day': return day(new Date(`${year}-${part}-${date}T12:00:00+07:00`));
    default: return label;
  }
}

function monthParts(year, month) {
  if (language() === 'vi') return [Number(month), year];
  return [inZone({month: 'short'}).format(Date.UTC(2000, month - 1, 15)), year];
}

/// Writes the values of ticks with as many digits as their step needs.
export function tickFormat(values, unit) {
  const factor = unit === 'percent' ? 100 : 1;
  const step = values.length > 1 ? (values[1] - values[0]) * factor : 0;
  const whole = (value) => Math.abs(Math.round(value) - value) < 1e-6;
  const digits = step > 0 ? [0, 1, 2, 3].find((n) => whole(step * 10 ** n)) ?? 4 : 2;
  const written = format(Intl.NumberFormat, {maximumFractionDigits: digits});
  return (value) => `${written.format(value * factor)}${unit === 'percent' ? '%' : ''}`;
}

/// A tick of scale.js's timeTicks.
export function timeTick({time, unit}) {
  const options = {
    year: {year: 'numeric'},
    month: {month: language() === 'vi' ? 'numeric' : 'short', year: 'numeric'},
    day: {day: 'numeric', month: language() === 'vi' ? 'numeric' : 'short'},
    hour: {hour: '2-digit', minute: '2-digit', hourCycle: 'h23'},
  }[unit];
  return inZone(options).format(time);
}
