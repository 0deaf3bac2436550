// Figures and times as people of each language write them. Times are those of Vietnam everywhere.

import {capital, language, word} from './words.js';
import {AHEAD, ZONE} from './zone.js';

const DAY = 86400000;  // ms

const made = new Map();

/// An object of Intl, in the reader's language. They are dear to make and are made once.
export function format(Kind, options) {
  const locale = language() === 'vi' ? 'vi-VN' : 'en-GB';
  const key = `${Kind.name} ${locale} ${JSON.stringify(options)}`;
  if (!made.has(key)) made.set(key, new Kind(locale, options));
  return made.get(key);
}

/// The same of times.
export const time = (options) => format(Intl.DateTimeFormat, {timeZone: ZONE, ...options});
const absent = (value) => value === undefined || value === null || Number.isNaN(value);

/// A number without its unit; a percent is a fraction. "–" if there is none.
export function number(value, unit) {
  if (absent(value)) return '–';
  if (unit === 'percent') {
    return format(Intl.NumberFormat, {style: 'percent', maximumFractionDigits: 2}).format(value);
  }
  const digits = Math.abs(value) >= 1000 ? 0 : 2;
  return format(Intl.NumberFormat, {maximumFractionDigits: digits}).format(value);
}

/// The word of a unit; "" for percent, whose sign stands at the number.
export function unitWord(unit) {
  return unit === 'percent' || !unit ? '' : word(`unit_${unit}`);
}

/// "47,82%", "30,5 giờ".
export function figure(value, unit) {
  const text = number(value, unit);
  return absent(value) || unitWord(unit) === '' ? text : `${text} ${unitWord(unit)}`;
}

/// "30/11/2026"
export function day(date) {
  return time({day: '2-digit', month: '2-digit', year: 'numeric'}).format(date);
}

/// "Thứ Hai, 30/11/2026"
export function longDay(date) {
  return `${capital(time({weekday: 'long'}).format(date))}, ${day(date)}`;
}

/// "14:03:09"
export function clock(date) {
  return time({hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23'}).format(date);
}

/// "30/11/2026 14:03 +07:00"
export function dateTime(date) {
  const minutes = time({hour: '2-digit', minute: '2-digit', hourCycle: 'h23'}).format(date);
  return `${day(date)} ${minutes} +07:00`;
}

/// "5 phút trước"
export function ago(date, now) {
  const seconds = Math.max(0, Math.round((now - date) / 1000));
  const relative = format(Intl.RelativeTimeFormat, {numeric: 'always'});
  if (seconds < 60) return relative.format(-seconds, 'second');
  if (seconds < 3600) return relative.format(-Math.floor(seconds / 60), 'minute');
  if (seconds < 86400) return relative.format(-Math.floor(seconds / 3600), 'hour');
  return relative.format(-Math.floor(seconds / 86400), 'day');
}

/// "còn 31 ngày", "quá hạn 3 ngày"; `deadline` is the instant at which it is over, or null.
export function daysLeft(deadline, now) {
  if (absent(deadline)) return word('no_deadline');
  const left = (new Date(deadline) - now) / DAY;
  const days = format(Intl.NumberFormat, {}).format(Math.ceil(Math.abs(left)));
  return left > 0 ? word('days_left', days) : word('days_over', days);
}

/// The day of an instant in Vietnam, "2026-11-30", as the catalogue writes days.
export function isoDay(date) {
  return new Date(date.getTime() + AHEAD).toISOString().slice(0, 10);
}
