// What an indicator is, its figure of now, and the switch between the province and the departments.

import {departmentAddress, indicatorAddress} from './addresses.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {ago, figure, unitWord} from './formats.js';
import {shownInstant} from './plot_formats.js';
import {PROVINCE, scopeName} from './scopes.js';
import {language, nameOf, word} from './words.js';

/// departments: Map of code to Department.
export function indicatorHead(indicator, departments) {
  const other = language() === 'vi' ? indicator.nameEn : indicator.nameVi;
  const department = (code) => h('a', {href: departmentAddress(code)}, scopeName(code, departments));
  const fed = indicator.fedBy && h('a', {href: indicatorAddress(indicator.fedBy, PROVINCE)},
      nameOf(centre.indicators.get(indicator.fedBy)) || indicator.fedBy);
  const entry = (key, ...value) => h('div', {}, h('dt', {}, word(key)), h('dd', {}, value));
  return [
    h('p', {class: 'page-kind'}, word('indicator'), ' · ', indicator.code),
    h('h2', {}, nameOf(indicator)),
    other ? h('p', {class: 'page-other-name', lang: language() === 'vi' ? 'en' : 'vi'}, other) : null,
    h('dl', {class: 'page-facts'},
        entry('kind', word(`indicator_${indicator.kind}`)),
        entry('unit', indicator.unit === 'percent' ? '%' : unitWord(indicator.unit)),
        entry('direction', word(`direction_${indicator.direction}`)),
        entry('cadence', word(`cadence_${indicator.cadence}`)),
        entry('owner', indicator.owner ? department(indicator.owner) : word('no_owner')),
        entry('reporters', reportersOf(indicator, department)),
        indicator.members.length > 0 ? entry('members', `${indicator.members.length}`) : null,
        fed ? entry('fed_by', fed) : null),
  ];
}

function reportersOf({reporters, owner}, department) {
  if (reporters.length === 1 && reporters[0] === owner) return word('the_owner');
  return reporters.length === 1 ? department(reporters[0]) : word('units_count', reporters.length);
}

/// row: the IndicatorRow of the scope, or undefined.
export function indicatorNow(indicator, scope, row, departments, now) {
  const none = row?.value === undefined;
  return [
    h('p', {class: 'now-scope'}, scopeName(scope, departments)),
    h('p', {class: none ? 'now-value none' : 'now-value', 'data-figure': ''},
        none ? word('no_value_yet') : figure(row.value, indicator.unit)),
    none ? null : h('p', {class: 'now-note'}, noteOf(row, now)),
  ];
}

function noteOf(row, now) {
  const time = row.valueTime && new Date(row.valueTime);
  const when = time ? word('as_of_time', shownInstant(time.getTime()), ago(time, now)) : word(`window_${row.window}`);
  return row.partial ? `${when} · ${word('partial_of', figure(row.membersRatio, 'percent'))}` : when;
}

/// The province, the departments that have a value, and the one that is shown in any case.
export function scopesOf(indicator, scope) {
  return [PROVINCE, ...indicator.reporters.filter((code) => code === scope ||
      centre.figure(code, indicator.code)?.value !== undefined)];
}

/// Links to scopesOf(), folded. Null where there is nothing to choose.
export function scopeSwitch(indicator, scope, scopes, departments) {
  if (scopes.length < 2) return null;
  return h('details', {class: 'switch', 'data-key': 'scope'},
      h('summary', {}, word('scope'), ': ', h('strong', {}, scopeName(scope, departments))),
      h('ul', {}, scopes.map((code) => h('li', {}, h('a', {
        href: indicatorAddress(indicator.code, code), 'aria-current': code === scope ? 'page' : null,
      }, scopeName(code, departments))))));
}
