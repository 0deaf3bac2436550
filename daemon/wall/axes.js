// The frame of a plot: lines and words at round values and at starts of days, months or years.

import {svg} from './elements.js';
import {unitWord} from './formats.js';
import {tickFormat, timeTick} from './plot_formats.js';
import {ticks, timeTicks} from './scale.js';

/// frame: {left, top, right, bottom} in pixels; x, y: scales with the given domains; unit: of the values;
/// rem: its size in pixels. Returns the nodes, to be drawn below the data.
export function axes({frame, x, y, span, domain, unit, rem}) {
  const values = ticks(domain[0], domain[1], Math.max(2, Math.round((frame.bottom - frame.top) / (3 * rem))));
  const format = tickFormat(values, unit);
  const times = timeTicks(span[0], span[1], Math.max(2, Math.floor((frame.right - frame.left) / (6 * rem))));
  return svg('g', {class: 'axes', 'aria-hidden': 'true'},
    values.map((value) => [
      svg('line', {class: 'grid', x1: frame.left, x2: frame.right, y1: y(value), y2: y(value)}),
      svg('text', {
        class: 'tick-text', x: frame.left - 0.5 * rem, y: y(value) + 0.28 * rem, 'text-anchor': 'end',
      }, format(value)),
    ]),
    times.map((tick) => [
      svg('line', {
        class: 'tickmark', x1: x(tick.time), x2: x(tick.time), y1: frame.bottom, y2: frame.bottom + 0.35 * rem,
      }),
      svg('text', {
        class: 'tick-text', x: x(tick.time), y: frame.bottom + 1.25 * rem,
        'text-anchor': anchor(x(tick.time), frame, rem),
      }, timeTick(tick)),
    ]),
    svg('line', {class: 'base', x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom}));
}

/// The unit of the values at the top, unless it stands at each of them.
export function unitAbove(unit, rem) {
  const text = unitWord(unit);
  return text ? svg('text', {class: 'tick-text', x: 0, y: 0.85 * rem, 'aria-hidden': 'true'}, text) : null;
}

/// Room that the words of the values need left of the frame, in pixels.
export function roomForValues(domain, unit, rem) {
  const values = ticks(domain[0], domain[1], 5);
  const format = tickFormat(values, unit);
  return rem * (1 + 0.46 * Math.max(...values.map((value) => format(value).length)));
}

function anchor(at, frame, rem) {
  if (at > frame.right - 1.5 * rem) return 'end';
  return at < frame.left + 1.5 * rem ? 'start' : 'middle';
}
