// One target: who answers for it, where it stands, and where it should.

import {indicatorAddress} from './addresses.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {daysLeft, figure} from './formats.js';
import {boundText, periodText} from './plot_formats.js';
import {progressBar} from './progress_bar.js';
import {statusMark} from './status.js';
import {nameOf, word} from './words.js';

function figures(row, unit) {
  const pair = (key, value, text = figure(value, unit)) => value !== undefined &&
    h('div', {'data-part': key}, h('dt', {}, word(key)), h('dd', {}, text));
  return h('dl', {},
      pair('actual', row.actual),
      pair('expected', row.expected),
      pair('target', row.targetValue, boundText(row, unit)),
      pair('forecast', row.forecast));
}

const departmentName = (code) => nameOf(centre.departments.get(code)) || code;

export function targetRow() {
  const element = h('li', {});
  let shown = '';

  function build(row, left) {
    const indicator = centre.indicators.get(row.indicator);
    const name = nameOf(indicator) || row.indicator;
    const owner = row.owner ? departmentName(row.owner) : word('no_owner');
    // Two targets of one indicator differ by it.
    const until = row.target !== 'none' && word('by_end_of', periodText(row.target));
    const elsewhere = row.scope !== 'province' && row.scope !== row.owner;
    Object.assign(element.dataset,
        {indicator: row.indicator, target: row.target, status: row.status, scope: row.scope});
    element.replaceChildren(
        h('a', {class: 'name', href: indicatorAddress(row.indicator, row.scope), title: name}, name),
        statusMark(row.status),
        h('span', {class: 'answers'},
            h('span', {class: 'owner', 'data-owner': row.owner, title: owner}, owner,
                elsewhere && ` · ${departmentName(row.scope)}`),
            h('span', {class: 'left'}, until && h('span', {class: 'until'}, until), h('span', {}, left))),
        progressBar(row, indicator?.unit),
        figures(row, indicator?.unit));
  }

  return {
    element,
    /// Builds anew only what says something else than before.
    update(row) {
      const left = daysLeft(row.deadline, centre.now());
      const indicator = centre.indicators.get(row.indicator);
      const now = JSON.stringify([row, left, nameOf(indicator), indicator?.unit, departmentName(row.owner)]);
      if (now === shown) return;
      shown = now;
      build(row, left);
    },
  };
}
