// The targets of one indicator: those of the scope that is shown with their trajectories, links to those of
// other scopes, and folded away those whose place a newer document took.

import {indicatorAddress} from './addresses.js';
import {h} from './elements.js';
import {empty} from './page_states.js';
import {boundText} from './plot_formats.js';
import {scopeName} from './scopes.js';
import {severity, statusMark} from './status.js';
import {targetCard} from './target_card.js';
import {trajectoryPlot} from './trajectory_plot.js';
import {word} from './words.js';

/// rows: TargetRow[] of the indicator, all scopes; scope: the one that is shown; periods: PeriodValue[] of it;
/// departments: Map of code to Department; now: Date.
export function indicatorTargets({rows, scope, indicator, periods, departments, now}) {
  const card = (target) => targetCard({
    target, indicator, departments, now, plain: true, body: trajectoryPlot(target, indicator, periods, now),
  });
  const here = rows.filter((target) => target.scope === scope);
  const inForce = here.filter((target) => !target.supersededBy)
      .sort((a, b) => severity(a.status) - severity(b.status));
  const older = here.filter((target) => target.supersededBy);
  const elsewhere = rows.filter((target) => target.scope !== scope && !target.supersededBy);
  return [
    h('h3', {}, word('targets'), inForce.length > 0 ? h('small', {}, inForce.length) : null),
    inForce.length > 0 ? h('div', {class: 'cards wide-cards'}, inForce.map(card)) : empty('no_targets_of_scope'),
    elsewhere.length > 0 ? otherScopes(elsewhere, indicator, departments) : null,
    older.length > 0 ? h('details', {class: 'older', 'data-key': 'superseded'},
        h('summary', {}, word('superseded_targets', older.length)),
        h('div', {class: 'cards wide-cards'}, older.map(card))) : null,
  ];
}

function otherScopes(targets, indicator, departments) {
  return h('div', {class: 'other-scopes'},
      h('h4', {}, word('targets_elsewhere')),
      h('ul', {}, targets.map((target) => h('li', {},
          h('a', {href: indicatorAddress(target.indicator, target.scope)}, scopeName(target.scope, departments)),
          ` ${boundText(target, indicator.unit)} `, statusMark(target.status)))));
}
