// One target with all that its status is made of, as a card.

import {departmentAddress, indicatorAddress} from './addresses.js';
import {h} from './elements.js';
import {daysLeft, figure} from './formats.js';
import {boundText, lastDay, shownDay, targetTitle} from './plot_formats.js';
import {progressBar} from './progress_bar.js';
import {scopeName} from './scopes.js';
import {statusMark} from './status.js';
import {nameOf, word} from './words.js';

/// target: a TargetRow; indicator: its Indicator, or undefined; departments: Map of code to Department; now:
/// Date; body: more nodes for its end. `plain` leaves the indicator's name out, where the page is its own.
export function targetCard({target, indicator, departments, now, plain = false, body = null}) {
  const unit = indicator?.unit;
  const href = indicatorAddress(target.indicator, target.scope);
  const name = indicator ? nameOf(indicator) : target.indicator;
  const heading = plain ? targetTitle(target) : h('a', {href}, name);
  return h('article', {
    class: 'target-card', 'data-indicator': target.indicator, 'data-target': target.target,
    'data-scope': target.scope, 'data-status': target.status,
  },
  h('div', {class: 'card-split'},
    h('div', {class: 'card-facts'},
      h('header', {}, h('h4', {}, heading), statusMark(target.status)),
      h('p', {class: 'target-place'}, placeOf(target, departments, now)),
      target.supersededBy ? h('p', {class: 'notice'}, word('superseded_by', target.supersededBy)) : null,
      target.actual === undefined ? null : progressBar(target, unit),
      facts(target, unit),
      h('p', {class: 'source'}, word('source', target.document || '–', documentDay(target))),
      target.note ? h('p', {class: 'source'}, target.note) : null),
    body));
}

function placeOf(target, departments, now) {
  const owner = departments.get(target.owner);
  return [
    scopeName(target.scope, departments),
    owner ? [' · ', word('owner'), ' ', h('a', {href: departmentAddress(owner.code)}, nameOf(owner))] : null,
    target.deadline ? ` · ${daysLeft(target.deadline, now)}` : null,
  ];
}

function facts(target, unit) {
  const say = (value) => (value === undefined ? null : figure(value, unit));
  const asOf = target.actualTime ? word('as_of', shownDay(Date.parse(target.actualTime))) : null;
  const until = target.deadline ? word('until_day', lastDay(Date.parse(target.deadline))) : null;
  const entry = (key, value, note) => value !== null && h('div', {class: `fact fact-${key}`},
    h('dt', {}, word(key)), h('dd', {}, value, note ? h('small', {}, note) : null));
  return h('dl', {class: 'facts-line'},
    entry('actual', say(target.actual) ?? word('no_value_yet'), asOf),
    entry('expected_then', say(target.expected)),
    entry('goal', boundText(target, unit), until),
    entry('stretch', say(target.stretch)),
    entry('gap', target.gap > 0 ? difference(target.gap, unit) : null),
    entry('forecast', say(target.forecast)),
    entry('pace', target.paceRatio === undefined ? null : figure(target.paceRatio, 'percent')));
}

// Between two percents lie points, not percents.
function difference(value, unit) {
  return unit === 'percent' ? figure(value * 100, 'percentage_point') : figure(value, unit);
}

function documentDay({documentDate}) {
  return documentDate ? shownDay(Date.parse(`${documentDate}T12:00:00+07:00`)) : '';
}
