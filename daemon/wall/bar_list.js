// Values side by side as bars in the order of their size, each with its name and figure.

import {h} from './elements.js';
import {figure} from './formats.js';
import {word} from './words.js';

/// entries: [{code, name, value, href, note, current}]; value undefined: none, these stand last; href and note (a
/// node or words behind the figure) may be missing. Best first: by `direction`, without one largest first.
export function barList(entries, {unit, direction}) {
  const worse = direction === 'lower' ? 1 : -1;
  const known = entries.filter(({value}) => value !== undefined).sort((a, b) => worse * (a.value - b.value));
  const unknown = entries.filter(({value}) => value === undefined);
  const most = Math.max(...known.map(({value}) => Math.abs(value)), 0);
  return h('ol', {class: 'bar-list'}, [...known, ...unknown].map((entry) => row(entry, most, unit)));
}

function row({code, name, value, href, note, current}, most, unit) {
  const title = h('span', {class: 'bar-name'}, href ? h('a', {href, 'data-key': `bar ${code}`}, name) : name);
  const fill = h('span', {class: 'bar-fill'});
  fill.style.width = `${most > 0 && value !== undefined ? (100 * Math.abs(value)) / most : 0}%`;
  return h('li', {'data-code': code, class: current ? 'current' : null}, title,
    h('span', {class: 'bar-track', 'aria-hidden': 'true'}, fill),
    h('span', {class: 'bar-value'}, value === undefined ? word('no_value_yet') : figure(value, unit)),
    note ? h('span', {class: 'bar-note'}, note) : null);
}
