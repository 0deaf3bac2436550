// The page of one indicator, of the province or of one department: its targets with their trajectories, what
// it is now, over its windows and calendar periods, and side by side in all departments.

import {indicatorAddress} from './addresses.js';
import {getJson} from './api.js';
import {asked} from './asked.js';
import {bucketsSection} from './buckets_section.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {indicatorHead, indicatorNow, scopeSwitch, scopesOf} from './indicator_head.js';
import {indicatorTargets} from './indicator_targets.js';
import {memberBars, memberValues} from './member_values.js';
import './page_words.js';
import {empty, failure, unknown, whileKnown} from './page_states.js';
import {part} from './part.js';
import {periodsTable} from './periods_table.js';
import {reporterBars} from './reporter_bars.js';
import {PROVINCE, namesOf} from './scopes.js';
import {windowsTable} from './windows_table.js';
import {word} from './words.js';

const SERIES_EVERY = 10e3;
const SLOW_EVERY = 60e3;

/// address: {code, parameters: URLSearchParams with `scope` or without}.
export function view(root, {code, parameters}) {
  const scope = parameters.get('scope') || PROVINCE;
  return whileKnown(root, () => troubleWith(code, scope), () => indicatorPage(code, scope));
}

function troubleWith(code, scope) {
  const indicator = centre.indicators.get(code);
  if (!indicator) return unknown('indicator', code);
  if (scope === PROVINCE || indicator.reporters.includes(scope)) return null;
  return unknown('scope', scope, indicatorAddress(code, PROVINCE));
}

function indicatorPage(code, scope) {
  const head = part('div', {class: 'page-head'});
  const current = part('div', {class: 'page-now'});
  const places = part('nav', {class: 'page-scope', 'aria-label': word('scope')});
  const section = (name) => part('section', {class: `page-section page-${name}`});
  const targets = section('targets');
  const windows = section('windows');
  const periods = section('periods');
  const members = section('members');
  const reporters = section('reporters');

  const department = scope === PROVINCE ? {} : {department: scope};
  const series = asked(() => getJson('/api/v1/series', {indicator: code, ...department}), SERIES_EVERY, update);
  const scorecard = asked(() => getJson('/api/v1/scorecard', {scope}), SLOW_EVERY, update);
  const superseded = asked(() => getJson('/api/v1/targets', {superseded: 'true'}), SLOW_EVERY, update);
  const ofMembers = asked(() => memberValues(centre.indicators.get(code), department), SLOW_EVERY, update);
  const buckets = bucketsSection(code, scope);
  const element = h('div', {class: 'page indicator-page', 'data-code': code, 'data-scope': scope},
      head.element, h('div', {class: 'page-bar'}, current.element, places.element), targets.element,
      h('div', {class: 'page-columns'},
          h('div', {}, buckets.element, windows.element, periods.element),
          h('div', {}, members.element, reporters.element)));

  function update() {
    const indicator = centre.indicators.get(code);
    if (!indicator) return;  // an answer that comes while the catalogue changes
    const {departments} = centre;
    const now = centre.now();
    const row = centre.figure(scope, code);
    const known = periodsOf(code);
    const names = namesOf(departments);
    head.show([indicator, names], () => indicatorHead(indicator, departments));
    current.show([row, names, now.toISOString()], () => indicatorNow(indicator, scope, row, departments, now));
    const scopes = scopesOf(indicator, scope);
    places.show([scopes, names], () => scopeSwitch(indicator, scope, scopes, departments));
    const rows = targetsOf(code);
    targets.show([rows, known, names, now.toISOString()], () => indicatorTargets({
      rows, scope, indicator, periods: known, departments, now,
    }));
    showWindows(indicator);
    periods.show([known, scorecard.error()?.message], () => [
      h('h3', {}, word('periods')), failure(scorecard.error()), periodsTable(known, indicator.unit),
    ]);
    members.show([ofMembers.answer(), ofMembers.error()?.message], () => membersOf(indicator));
    // Of a figure that is made from another indicator the departments send that one.
    const sent = centre.indicators.get(indicator.fedBy) ?? indicator;
    const figures = sent.reporters.map((reporter) => centre.figure(reporter, sent.code));
    reporters.show([figures, scope, names], () => reporterBars(sent, figures, scope, departments));
    buckets.update(indicator);
  }

  function periodsOf(indicator) {
    return scorecard.answer()?.indicators?.find((row) => row.indicator === indicator)?.periods ?? [];
  }

  // Those in force as the watch has them, after them those whose place another took.
  function targetsOf(indicator) {
    const older = (superseded.answer()?.targets ?? []).filter((target) => target.supersededBy);
    return [...centre.targets, ...older].filter((target) => target.indicator === indicator);
  }

  function showWindows(indicator) {
    const answer = series.answer();
    const error = series.error();
    windows.show([answer?.windows, error?.message], () => [
      h('h3', {}, word('windows')), failure(error),
      answer ? windowsTable(answer.windows, indicator) : empty('loading'),
    ]);
  }

  function membersOf(indicator) {
    if (indicator.members.length === 0) return null;
    return [h('h3', {}, word('members'), h('small', {}, indicator.members.length)), failure(ofMembers.error()),
      memberBars(indicator, ofMembers.answer())];
  }

  return {
    element,
    update,
    leave() {
      for (const each of [series, scorecard, superseded, ofMembers, buckets]) each.stop();
    },
  };
}
