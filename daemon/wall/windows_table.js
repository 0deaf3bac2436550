// Every rolling window of one series, or its latest value.

import {h} from './elements.js';
import {figure, number} from './formats.js';
import {tableFrame} from './table_frame.js';
import {word} from './words.js';

/// windows: of GetSeriesResponse; indicator: its Indicator.
export function windowsTable(windows, indicator) {
  const columns = columnsFor(windows, indicator);
  const rows = windows.map((each) => h('tr', {'data-window': each.window},
      h('th', {scope: 'row'}, word(`window_${each.window}`)),
      columns.map(({text}) => h('td', {class: 'number'}, text(each)))));
  return tableFrame('rows windows', word('windows'), [word('window'), ...columns.map(({name}) => [name])], rows);
}

// Only those of which a window has something: quantiles of durations, parts of ratios.
function columnsFor(windows, {unit}) {
  const say = (value) => figure(value, unit);
  const count = (value) => number(Number(value));
  const has = (name) => windows.some((each) => each[name] !== undefined);
  const quantiles = [...new Set(windows.flatMap((each) => (each.quantiles ?? []).map(({q}) => q)))].sort();
  return [
    {name: word('value'), text: (each) => say(each.value)},
    {name: word('events'), text: (each) => count(each.events)},
    has('numerator') && {name: word('numerator'), text: (each) => count(each.numerator)},
    has('denominator') && {name: word('denominator'), text: (each) => count(each.denominator)},
    has('min') && {name: word('min'), text: (each) => say(each.min)},
    ...quantiles.map((q) => ({
      name: word('quantile', Math.round(q * 100)),
      text: (each) => say(each.quantiles?.find((one) => one.q === q)?.value),
    })),
    has('max') && {name: word('max'), text: (each) => say(each.max)},
    {name: word('members_ratio'), text: shareText},
  ].filter(Boolean);
}

function shareText({membersRatio, partial}) {
  const share = figure(membersRatio, 'percent');
  return partial ? `${share} ${word('partial')}` : share;
}
