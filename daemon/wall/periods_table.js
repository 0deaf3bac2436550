// The calendar periods of one indicator and scope: so far, the last one, the same of last year.

import {h} from './elements.js';
import {periodCell} from './figures_table.js';
import {periodOf} from './periods.js';
import {word} from './words.js';

const KINDS = ['day', 'month', 'quarter', 'year'];
const PLACES = {current: 'so_far', last: 'last_period', same_last_year: 'same_last_year'};

/// periods: PeriodValue[]; unit: of the indicator.
export function periodsTable(periods, unit) {
  return h('div', {class: 'scrolled', tabindex: 0, role: 'region', 'aria-label': word('periods')},
    h('table', {class: 'rows periods'},
      h('thead', {}, h('tr', {}, h('th', {scope: 'col'}, word('period')),
        Object.values(PLACES).map((key) => h('th', {scope: 'col', class: 'number'}, word(key))))),
      h('tbody', {}, KINDS.map((kind) => h('tr', {}, h('th', {scope: 'row'}, word(`kind_of_period_${kind}`)),
        Object.keys(PLACES).map((which) => periodCell(periodOf({periods}, kind, which), unit)))))));
}
