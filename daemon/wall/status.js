// How a status looks: a shape and a word, so that no one needs its colour.

import {h, svg} from './elements.js';
import {freshnessWord, statusWord} from './words.js';

// The worst first.
const ORDER = ['missed', 'regressed', 'lagging', 'at_risk', 'awaiting_final', 'no_baseline', 'no_data',
  'too_early', 'on_track', 'no_deadline', 'achieved'];

// Paths in a square of 24.
const SHAPES = {
  missed: 'M3 3h18v18H3z M8 8l8 8 M16 8l-8 8',                   // a square, crossed out
  lagging: 'M12 22L2 8h20z',                                     // a triangle that points down
  regressed: 'M12 3v16 M5 12l7 8 7-8',                           // an arrow down
  at_risk: 'M12 2l11 20H1z M12 9v6 M12 18v1',                    // a warning triangle
  awaiting_final: 'M5 3h14 M5 21h14 M6 3l12 18 M18 3L6 21',      // an hourglass
  no_baseline: 'M4 12h3 M10.5 12h3 M17 12h3',                    // dashes
  no_data: 'M12 3a9 9 0 1 0 .01 0z M5.5 5.5l13 13',              // an empty circle, struck out
  too_early: 'M12 3a9 9 0 1 0 .01 0z M12 7v5l3 3',               // a clock
  on_track: 'M3 18L18 5 M9 4h10v10',                             // an arrow up
  no_deadline: 'M4 12h16',                                       // a line
  achieved: 'M3 13l6 7L21 4',                                    // a tick
};
const FILLED = new Set(['lagging']);

const FRESHNESS_ORDER = ['missing', 'late', 'due', 'fresh', 'waived'];
const FRESHNESS_SHAPES = {
  missing: 'M12 3a9 9 0 1 0 .01 0z M5.5 5.5l13 13',
  late: 'M12 3a9 9 0 1 0 .01 0z M12 7v6 M12 16v1',
  due: 'M12 3a9 9 0 1 0 .01 0z M12 7v5l3 3',
  fresh: 'M4 13l5 6L20 5',
  waived: 'M4 12h16',
};

function mark(kind, state, path, filled, text) {
  return h('span', {class: kind, 'data-state': state},
      svg('svg', {viewBox: '0 0 24 24', class: filled ? 'shape filled' : 'shape', 'aria-hidden': 'true'},
          svg('path', {d: path})),
      h('span', {}, text));
}

/// The shape and the word of a target's status.
export function statusMark(status) {
  return mark('status', status, SHAPES[status] ?? SHAPES.no_deadline, FILLED.has(status),
      statusWord(status));
}

/// The shape and the word of a report's state.
export function freshnessMark(state) {
  return mark('freshness', state, FRESHNESS_SHAPES[state] ?? FRESHNESS_SHAPES.waived, false,
      freshnessWord(state));
}

/// 0 is the worst. A status that is not known here comes after all that are.
export function severity(status) {
  const place = ORDER.indexOf(status);
  return place < 0 ? ORDER.length : place;
}

const worst = (states, order) => states.reduce(
    (found, state) => (found === 'none' || order(state) < order(found) ? state : found), 'none');

/// "none" of none.
export function worstStatus(statuses) {
  return worst(statuses, severity);
}

/// "none" of none.
export function worstFreshness(states) {
  return worst(states, (state) => FRESHNESS_ORDER.indexOf(state));
}
