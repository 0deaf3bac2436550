// One department: its targets, its figures and its reports.

import {centre} from './centre.js';
import {h} from './elements.js';
import {figure} from './formats.js';
import {freshnessMark, statusMark} from './status.js';
import {nameOf, word} from './words.js';

function targetsOf(code) {
  return centre.targets.filter((row) => row.owner === code || row.scope === code);
}

export function view(root, {code}) {
  const body = h('div', {});
  root.append(body);

  function update() {
    const department = centre.departments.get(code);
    if (department === undefined) {
      body.replaceChildren(h('p', {class: 'empty'}, word('no_page')));
      return;
    }
    const unitOf = (row) => centre.indicators.get(row.indicator)?.unit;
    const targets = targetsOf(code).map((row) => h('tr', {},
        h('td', {}, nameOf(centre.indicators.get(row.indicator))), h('td', {}, row.target),
        h('td', {}, figure(row.actual, unitOf(row))), h('td', {}, figure(row.targetValue, unitOf(row))),
        h('td', {}, statusMark(row.status))));
    const reports = (centre.reports.get(code)?.reports ?? []).map((report) => h('tr', {},
        h('td', {}, nameOf(centre.indicators.get(report.indicator))),
        h('td', {}, figure(centre.figure(code, report.indicator)?.value, unitOf(report))),
        h('td', {}, freshnessMark(report.state))));
    body.replaceChildren(h('a', {href: '#/'}, word('overview')), h('h2', {}, nameOf(department)),
        h('table', {}, targets), h('table', {}, reports));
  }

  return {update, leave() {}};
}
