// Large numbers: how many targets stand where, and how many units have reported.

import {departmentAddress} from './addresses.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {COUNTED, owedReports, presentDepartments} from './picture.js';
import {severity, statusMark} from './status.js';
import {nameOf, statusWord, word} from './words.js';

const MOST_NAMES = 8;

/// Departments that count and owe a report, those that owe most first.
function owing(departments) {
  return departments
      .map((department) => ({department, owed: owedReports(department.code)}))
      .filter(({owed}) => owed > 0)
      .sort((a, b) => b.owed - a.owed);
}

function namesOf(list) {
  if (list.length === 0) return h('p', {class: 'all-reported'}, word('all_reported'));
  const shown = list.length > MOST_NAMES ? list.slice(0, MOST_NAMES - 1) : list;
  const rest = list.length - shown.length;
  return h('ul', {class: 'owing', 'aria-label': word('owing')},
      shown.map(({department, owed}) => h('li', {},
          h('a', {href: departmentAddress(department.code), 'data-owing': department.code,
            title: nameOf(department)}, nameOf(department)),
          h('span', {class: 'owed'}, ` · ${word('owed', owed)}`))),
      rest > 0 && h('li', {class: 'rest'}, word('and_more', rest)));
}

export function summary() {
  const numbers = new Map(COUNTED.map((status) => [status, h('strong', {'data-count': status})]));
  const complete = h('strong', {'data-count': 'completeness'});
  const others = h('p', {class: 'others'});
  const names = h('div', {class: 'names'});
  const element = h('section', {class: 'summary', 'aria-label': word('targets_title')},
      h('div', {class: 'standing'},
          h('ul', {class: 'counts'}, COUNTED.map((status) =>
            h('li', {class: 'count', 'data-state': status}, numbers.get(status), statusMark(status)))),
          others),
      h('div', {class: 'complete'},
          h('div', {class: 'count'}, complete, h('span', {}, word('completeness'))), names));
  let shown = '';

  function update() {
    const counts = new Map();
    for (const {status} of centre.targets) counts.set(status, (counts.get(status) ?? 0) + 1);
    const departments = presentDepartments().filter((department) => department.counts);
    const list = owing(departments);
    const now = JSON.stringify([[...counts], departments.length,
      list.map(({department, owed}) => [nameOf(department), owed])]);
    if (now === shown) return;
    shown = now;
    for (const [status, number] of numbers) number.textContent = counts.get(status) ?? 0;
    complete.textContent = `${departments.length - list.length}/${departments.length}`;
    others.textContent = [...counts]
        .filter(([status]) => !COUNTED.includes(status))
        .sort(([a], [b]) => severity(a) - severity(b))
        .map(([status, count]) => `${statusWord(status)} ${count}`)
        .join(' · ');
    names.replaceChildren(namesOf(list));
  }

  return {element, update, leave() {}};
}
