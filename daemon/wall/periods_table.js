// The calendar periods of one indicator and scope: so far, the last one, the same of last year.

import {h} from './elements.js';
import {periodCell} from './figures_table.js';
import {periodOf} from './periods.js';
import {tableFrame} from './table_frame.js';
import {word} from './words.js';

const KINDS = ['day', 'month', 'quarter', 'year'];
const PLACES = {current: 'so_far', last: 'last_period', same_last_year: 'same_last_year'};

/// periods: PeriodValue[]; unit: of the indicator.
export function periodsTable(periods, unit) {
  const rows = KINDS.map((kind) => h('tr', {}, h('th', {scope: 'row'}, word(`kind_of_period_${kind}`)),
      Object.keys(PLACES).map((which) => periodCell(periodOf({periods}, kind, which), unit))));
  return tableFrame('rows periods', word('periods'),
      [word('period'), ...Object.values(PLACES).map((key) => [word(key)])], rows);
}
