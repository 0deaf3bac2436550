// The page of one department: what it must reach, what it reports, what it owes.

import {getJson} from './api.js';
import {asked} from './asked.js';
import {centre} from './centre.js';
import {departmentHead, departmentNumbers, lastHeard} from './department_head.js';
import {h} from './elements.js';
import {figuresTable} from './figures_table.js';
import {ago} from './formats.js';
import './page_words.js';
import {empty, failure, unknown, whileKnown} from './page_states.js';
import {part} from './part.js';
import {targetsOf} from './picture.js';
import {reportsTable} from './reports_table.js';
import {namesOf} from './scopes.js';
import {severity} from './status.js';
import {targetCard} from './target_card.js';
import {word} from './words.js';

const PERIODS_EVERY = 60e3;

/// address: {code}.
export function view(root, {code}) {
  return whileKnown(root, () => (centre.departments.has(code) ? null : unknown('department', code)),
      () => departmentPage(code));
}

function departmentPage(code) {
  const head = part('div', {class: 'page-head'});
  const numbers = part('dl', {class: 'page-numbers'});
  const section = (name) => part('section', {class: `page-section page-${name}`});
  const targets = section('targets');
  const figures = section('figures');
  const reports = section('reports');
  const scorecard = asked(() => getJson('/api/v1/scorecard', {scope: code}), PERIODS_EVERY, update);
  const element = h('div', {class: 'page department-page', 'data-code': code},
      [head, numbers, targets, figures, reports].map((each) => each.element));

  function update() {
    const department = centre.departments.get(code);
    if (!department) return;  // an answer that comes while the catalogue changes
    const now = centre.now();
    const owed = centre.reports.get(code);
    const heard = lastHeard(department, owed);
    head.show([department, namesOf(centre.departments), heard && ago(heard, now)],
        () => departmentHead(department, heard, centre.departments, now));
    numbers.show(owed, () => departmentNumbers(owed));
    showTargets(now);
    showFigures(now);
    reports.show([owed?.reports, namesOf(centre.indicators)], () => [
      h('h3', {}, word('reports')),
      owed?.reports?.length ? reportsTable(owed.reports, centre.indicators) : empty('nothing_owed'),
    ]);
  }

  // The worst first.
  function showTargets(now) {
    const rows = targetsOf(code).sort((a, b) => severity(a.status) - severity(b.status));
    const card = (target) => targetCard({
      target, indicator: centre.indicators.get(target.indicator), departments: centre.departments, now,
    });
    targets.show([rows, namesOf(centre.indicators), namesOf(centre.departments), now.toISOString()], () => [
      h('h3', {}, word('targets'), rows.length > 0 ? h('small', {}, rows.length) : null),
      rows.length === 0 ? empty('no_targets_of_department') : h('div', {class: 'cards'}, rows.map(card)),
    ]);
  }

  function showFigures(now) {
    const periods = new Map((scorecard.answer()?.indicators ?? []).map((row) => [row.indicator, row.periods]));
    const rows = [...centre.indicators.values()].filter((indicator) => indicator.reporters.includes(code))
      .map((indicator) => ({
        indicator, row: centre.figure(code, indicator.code), periods: periods.get(indicator.code) ?? [],
      }));
    const error = scorecard.error();
    figures.show([rows, now.toISOString(), error?.message], () => [
      h('h3', {}, word('figures')),
      failure(error),
      rows.length === 0 ? empty('reports_nothing') : figuresTable(rows, code, now),
    ]);
  }

  return {element, update, leave: () => scorecard.stop()};
}
