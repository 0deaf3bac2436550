// A table in a frame of its own: what is too wide for a narrow screen is reached by scrolling, with keys too.

import {h} from './elements.js';

/// kind: its class; label: what it holds, for those who do not see it; columns: words, or [word] of a column of
/// numbers; rows: nodes of <tr>.
export function tableFrame(kind, label, columns, rows) {
  const heads = columns.map((column) => (Array.isArray(column)
    ? h('th', {scope: 'col', class: 'number'}, column) : h('th', {scope: 'col'}, column)));
  return h('div', {class: 'scrolled', tabindex: 0, role: 'region', 'aria-label': label},
      h('table', {class: kind}, h('thead', {}, h('tr', {}, heads)), h('tbody', {}, rows)));
}
