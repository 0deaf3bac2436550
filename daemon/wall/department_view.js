// The page of one department: what it must reach, what it reports, what it owes.

import {getJson} from './api.js';
import {asked} from './asked.js';
import {centre} from './centre.js';
import {departmentHead, departmentNumbers, lastHeard} from './department_head.js';
import {h} from './elements.js';
import {figuresTable} from './figures_table.js';
import {ago} from './formats.js';
import './page_words.js';
import {empty, failure, unknown} from './page_states.js';
import {part} from './part.js';
import {reportsTable} from './reports_table.js';
import {severity} from './status.js';
import {targetCard} from './target_card.js';
import {word} from './words.js';

const PERIODS_EVERY = 60e3;

/// address: {code}.
export function view(root, {code}) {
  const page = h('div', {class: 'page department-page', 'data-department': code});
  root.replaceChildren(page);
  if (!centre.departments.has(code)) {
    page.append(h('div', {class: 'page-head'}, unknown('department', code)));
    return {update() {}, leave() {}};
  }
  return departmentPage(page, code);
}

function departmentPage(page, code) {
  const head = part('div', {class: 'page-head'});
  const numbers = part('dl', {class: 'page-numbers'});
  const section = (name) => part('section', {class: `page-section page-${name}`});
  const targets = section('targets');
  const figures = section('figures');
  const reports = section('reports');
  const scorecard = asked(() => getJson('/api/v1/scorecard', {scope: code}), PERIODS_EVERY, update);
  page.append(...[head, numbers, targets, figures, reports].map(({element}) => element));

  function update() {
    const department = centre.departments.get(code);
    if (!department) return;  // another catalogue, just loaded
    const now = centre.now();
    const owed = centre.reports.get(code);
    const heard = lastHeard(department, owed);
    head.show([department, heard && ago(heard, now)], () => departmentHead(department, heard, centre.departments, now));
    numbers.show(owed, () => departmentNumbers(owed));
    showTargets(now);
    showFigures(now);
    reports.show([owed?.reports, [...centre.indicators.keys()]], () => [
      h('h3', {}, word('reports')),
      owed?.reports?.length ? reportsTable(owed.reports, centre.indicators) : empty('nothing_owed'),
    ]);
  }

  // Those that it has to reach itself and those of the province that it answers for; the worst first.
  function showTargets(now) {
    const rows = centre.targets.filter((target) => target.scope === code || target.owner === code)
      .sort((a, b) => severity(a.status) - severity(b.status));
    targets.show([rows, now.toISOString()], () => [
      h('h3', {}, word('targets'), rows.length > 0 ? h('small', {}, rows.length) : null),
      rows.length === 0 ? empty('no_targets_of_department') : h('div', {class: 'cards'}, rows.map((target) => targetCard({
        target, indicator: centre.indicators.get(target.indicator), departments: centre.departments, now,
      }))),
    ]);
  }

  function showFigures(now) {
    const periods = new Map((scorecard.answer()?.indicators ?? []).map((row) => [row.indicator, row.periods]));
    const rows = [...centre.indicators.values()].filter((indicator) => indicator.reporters.includes(code))
      .map((indicator) => ({indicator, row: centre.figure(code, indicator.code), periods: periods.get(indicator.code) ?? []}));
    const error = scorecard.error();
    figures.show([rows, now.toISOString(), error?.message], () => [
      h('h3', {}, word('figures')),
      failure(error),
      rows.length === 0 ? empty('reports_nothing') : figuresTable(rows, code, now),
    ]);
  }

  return {update, leave: () => scorecard.stop()};
}
