// The departments that report an indicator side by side.

import {indicatorAddress} from './addresses.js';
import {barList} from './bar_list.js';
import {h} from './elements.js';
import {empty} from './page_states.js';
import {scopeName} from './scopes.js';
import {freshnessMark} from './status.js';
import {word} from './words.js';

/// figures: IndicatorRow or undefined of each of indicator.reporters, in their order; scope: the one shown.
export function reporterBars(indicator, figures, scope, departments) {
  const entries = indicator.reporters.map((code, i) => ({
    code,
    name: scopeName(code, departments),
    value: figures[i]?.value,
    href: indicatorAddress(indicator.code, code),
    current: code === scope,
    // What came as it should needs no mark.
    note: ['missing', 'late'].includes(figures[i]?.freshness) ? freshnessMark(figures[i].freshness) : null,
  }));
  const known = entries.filter(({value}) => value !== undefined).length;
  return [
    h('h3', {}, word('by_department'), h('small', {}, word('have_value', known, entries.length))),
    entries.length === 0 ? empty('no_reporters') : barList(entries, indicator),
  ];
}
