// One series over the last day or month, bucket by bucket: bars of what is counted, points of what is
// measured, larger where more events stand behind them. An empty bucket is a gap, never a zero.

import {axes, roomForValues, unitAbove} from './axes.js';
import {h, svg} from './elements.js';
import {fitted} from './fitted.js';
import {dateTime, figure} from './formats.js';
import {domainOf, scale} from './scale.js';
import {tableFrame} from './table_frame.js';
import {word} from './words.js';

const HEIGHT = 14;  // rem

/// buckets: of GetSeriesResponse, oldest first, at least one; indicator: its Indicator; width: of one, ms.
export function bucketChart(buckets, indicator, width) {
  const filled = buckets.filter((bucket) => bucket.value !== undefined)
    .map((bucket) => ({time: Date.parse(bucket.start), value: bucket.value, events: Number(bucket.events)}));
  if (filled.length === 0) return h('p', {class: 'empty'}, word('no_event_in_window'));
  const span = [Date.parse(buckets[0].start), Date.parse(buckets.at(-1).start) + width];
  return h('figure', {class: 'buckets'},
    fitted((pixels, rem) => drawing(pixels, rem, filled, span, width, indicator)),
    h('figcaption', {}, summary(filled, indicator)),
    h('details', {'data-key': 'buckets'}, h('summary', {}, word('plot_table')), table(filled, indicator)));
}

function drawing(pixels, rem, filled, span, width, indicator) {
  const values = filled.map((bucket) => bucket.value);
  const bars = indicator.kind === 'flow';
  const domain = bars ? [0, Math.max(...values) * 1.1 || 1] : domainOf(values, indicator.minimum);
  const height = HEIGHT * rem;
  const left = roomForValues(domain, indicator.unit, rem);
  const frame = {left, top: 1.5 * rem, right: pixels - rem, bottom: height - 1.8 * rem};
  const x = scale(span, [frame.left, frame.right]);
  const y = scale(domain, [frame.bottom, frame.top]);
  const most = Math.max(...filled.map((bucket) => bucket.events), 1);
  return svg('svg', {
    class: 'plot', width: pixels, height, viewBox: `0 0 ${pixels} ${height}`, role: 'img',
    'aria-label': summary(filled, indicator),
  },
  axes({frame, x, y, span, domain, unit: indicator.unit, rem}),
  unitAbove(indicator.unit, rem),
  bars ? null : runs(filled, width).map((run) => svg('polyline', {
    class: 'reached',
    points: run.map(({time, value}) => `${x(time + width / 2).toFixed(1)},${y(value).toFixed(1)}`).join(' '),
  })),
  filled.map((bucket) => {
    const shape = bars
      ? svg('rect', {
        x: x(bucket.time) + 0.5, width: Math.max(1, x(bucket.time + width) - x(bucket.time) - 1),
        y: y(bucket.value), height: Math.max(1, frame.bottom - y(bucket.value)),
      })
      : svg('circle', {
        cx: x(bucket.time + width / 2), cy: y(bucket.value),
        r: rem * (0.1 + 0.2 * Math.sqrt(bucket.events / most)),
      });
    return svg('g', {class: 'bucket'}, svg('title', {}, title(bucket, indicator)), shape);
  }));
}

// Neighbours without a gap, which a line may join.
function runs(filled, width) {
  const found = [];
  for (const bucket of filled) {
    const last = found.at(-1)?.at(-1);
    if (last && bucket.time - last.time <= width * 1.5) found.at(-1).push(bucket);
    else found.push([bucket]);
  }
  return found;
}

function title({time, value, events}, indicator) {
  return `${dateTime(new Date(time))}: ${figure(value, indicator.unit)} (${word('events_count', events)})`;
}

function summary(filled, indicator) {
  const by = (better) => filled.reduce((a, b) => (better(b.value, a.value) ? b : a));
  const low = by((a, b) => a < b);
  const high = by((a, b) => a > b);
  const newest = filled.at(-1);
  const say = ({value}) => figure(value, indicator.unit);
  const when = ({time}) => dateTime(new Date(time));
  return word('buckets_summary', say(low), when(low), say(high), when(high), say(newest), when(newest));
}

function table(filled, indicator) {
  return tableFrame('facts', word('plot_table'), [word('from_time'), [word('value')], [word('events')]],
      filled.toReversed().map((bucket) => h('tr', {},
          h('th', {scope: 'row'}, dateTime(new Date(bucket.time))),
          h('td', {class: 'number'}, figure(bucket.value, indicator.unit)),
          h('td', {class: 'number'}, bucket.events))));
}
