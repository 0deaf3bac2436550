// What a department reports: each indicator with its value of now and the periods that leaders compare.

import {indicatorAddress} from './addresses.js';
import {h} from './elements.js';
import {ago, figure} from './formats.js';
import {comparedPeriod, periodOf} from './periods.js';
import {periodText} from './plot_formats.js';
import {freshnessMark} from './status.js';
import {tableFrame} from './table_frame.js';
import {nameOf, word} from './words.js';

/// rows: [{indicator, row, periods}] in catalogue order: an Indicator, its IndicatorRow of the watch or
/// undefined, its PeriodValues; department: its code; now: Date.
export function figuresTable(rows, department, now) {
  const columns = [word('indicator'), [word('value')], [word('so_far')], [word('last_period')],
    [word('same_last_year')], [word('accumulated_year')], word('freshness')];
  return tableFrame('rows figures', word('figures'), columns, rows.map((entry) => line(entry, department, now)));
}

function line({indicator, row, periods}, department, now) {
  const kind = comparedPeriod(indicator.cadence);
  const of = (each, which) => periodCell(periodOf({periods}, each, which), indicator.unit);
  return h('tr', {'data-indicator': indicator.code},
    h('th', {scope: 'row'}, h('a', {href: indicatorAddress(indicator.code, department)}, nameOf(indicator))),
    h('td', {class: 'number now'}, valueText(row, indicator.unit), h('small', {}, windowText(row, now))),
    of(kind, 'current'), of(kind, 'last'), of(kind, 'same_last_year'),
    kind === 'year' ? h('td', {class: 'number'}, '–') : of('year', 'current'),
    h('td', {}, row?.freshness ? freshnessMark(row.freshness) : word('owes_nothing')));
}

function valueText(row, unit) {
  return row?.value === undefined ? word('no_value_yet') : figure(row.value, unit);
}

function windowText(row, now) {
  if (row?.value === undefined) return '';
  return row.valueTime ? ago(new Date(row.valueTime), now) : word(`window_${row.window}`);
}

/// A cell with a period's value, its name and whether it can still change; "–" without value.
export function periodCell(period, unit) {
  if (!period) return h('td', {class: 'number'}, '–');
  return h('td', {class: 'number', 'data-state': period.state}, figure(period.value, unit),
    h('small', {}, `${periodText(period.period)} · ${word(`period_${period.state}`)}`));
}
