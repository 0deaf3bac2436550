// Who a department is, when it was last heard of, and how well it reports.

import {departmentAddress} from './addresses.js';
import {h} from './elements.js';
import {ago, dateTime, day, figure} from './formats.js';
import {dayStart} from './periods.js';
import {scopeName} from './scopes.js';
import {language, nameOf, word} from './words.js';

/// The newest of what the list of departments and its reports tell, a Date; null: never.
export function lastHeard(department, owed) {
  const times = [department.lastSeen, ...(owed?.reports ?? []).map((report) => report.received)]
    .filter(Boolean).map((text) => Date.parse(text));
  return times.length > 0 ? new Date(Math.max(...times)) : null;
}

/// departments: Map of code to Department; heard: lastHeard() of it.
export function departmentHead(department, heard, departments, now) {
  const other = language() === 'vi' ? department.nameEn : department.nameVi;
  const link = (code) => h('a', {href: departmentAddress(code)}, scopeName(code, departments));
  return [
    h('p', {class: 'page-kind'}, word(`department_${department.kind}`), ' · ', department.code),
    h('h2', {}, nameOf(department)),
    other ? h('p', {class: 'page-other-name', lang: language() === 'vi' ? 'en' : 'vi'}, other) : null,
    h('p', {class: 'page-heard'},
      heard ? [word('last_heard'), ' ', h('time', {datetime: heard.toISOString()}, ago(heard, now)),
        ` · ${dateTime(heard)}`] : word('never_heard')),
    department.simulated ? h('p', {class: 'simulated-mark'}, word('simulated_department')) : null,
    department.counts ? null : h('p', {class: 'notice'}, word('does_not_count')),
    department.parent ? h('p', {}, word('part_of'), ' ', link(department.parent)) : null,
    department.validTo ? h('p', {class: 'notice'}, word('valid_to', day(new Date(dayStart(department.validTo)))),
      department.successor ? [' ', word('successor'), ' ', link(department.successor)] : null) : null,
  ];
}

/// owed: its DepartmentReports, or undefined: nothing is known yet.
export function departmentNumbers(owed) {
  const entry = (key, value, note) => h('div', {class: `page-number number-${key}`},
    h('dt', {}, word(key)), h('dd', {}, value, note ? h('small', {}, note) : null));
  if (!owed) return entry('reports_in', '–', word('loading'));
  return [
    owed.due > 0
      ? entry('reports_in', `${owed.received ?? 0} / ${owed.due}`, figure(owed.completeness ?? 0, 'percent'))
      : entry('reports_in', '–', word('nothing_due')),
    owed.onTimeRatio === undefined
      ? entry('on_time', '–', word('none_due_this_year'))
      : entry('on_time', figure(owed.onTimeRatio, 'percent'), word('on_time_of', owed.onTime ?? 0, owed.dueThisYear)),
    entry('late_count', figure(owed.late ?? 0), word('late_this_year')),
  ];
}
