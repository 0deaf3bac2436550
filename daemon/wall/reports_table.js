// Who owes what: the present reports of one department, those that need someone's hand first.

import {indicatorAddress} from './addresses.js';
import {h} from './elements.js';
import {dateTime} from './formats.js';
import {periodText} from './plot_formats.js';
import {freshnessMark} from './status.js';
import {tableFrame} from './table_frame.js';
import {nameOf, word} from './words.js';

const ORDER = ['missing', 'late', 'due', 'waived', 'fresh'];

/// reports: Report[]; indicators: Map of code to Indicator.
export function reportsTable(reports, indicators) {
  const columns = ['indicator', 'period', 'state', 'due_time', 'late_from', 'closes', 'received'];
  const sorted = [...reports].sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state));
  return tableFrame('rows reports', word('reports'), columns.map((key) => word(key)),
      sorted.map((report) => line(report, indicators.get(report.indicator))));
}

function line(report, indicator) {
  const when = (timestamp) => h('td', {class: 'instant'}, timestamp ? dateTime(new Date(timestamp)) : '–');
  const href = indicatorAddress(report.indicator, report.department);
  return h('tr', {'data-indicator': report.indicator, 'data-state': report.state},
    h('th', {scope: 'row'}, h('a', {href}, indicator ? nameOf(indicator) : report.indicator)),
    h('td', {}, report.period ? periodText(report.period) : word('continuous')),
    h('td', {}, freshnessMark(report.state),
      report.countsAsLate ? h('small', {class: 'notice'}, word('counts_as_late')) : null,
      report.waivedBy ? h('small', {}, word('waived_by', report.waivedBy, report.waiverReason)) : null),
    when(report.due), when(report.lateFrom), when(report.closes), when(report.received));
}
