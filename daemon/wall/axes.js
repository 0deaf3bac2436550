// The frame of a plot: lines and words at round values and at starts of days, months or years.

import {svg} from './elements.js';
import {tickFormat, timeTick} from './plot_formats.js';
import {ticks, timeTicks} from './scale.js';

/// frame: {left, top, right, bottom} in pixels; x, y: scales with the given domains; unit: of the values.
/// Returns the nodes, to be drawn below the data.
export function axes({frame, x, y, span, domain, unit}) {
  const values = ticks(domain[0], domain[1], Math.max(2, Math.round((frame.bottom - frame.top) / 48)));
  const format = tickFormat(values, unit);
  const times = timeTicks(span[0], span[1], Math.max(2, Math.floor((frame.right - frame.left) / 90)));
  return svg('g', {class: 'axes', 'aria-hidden': 'true'},
    values.map((value) => [
      svg('line', {class: 'grid', x1: frame.left, x2: frame.right, y1: y(value), y2: y(value)}),
      svg('text', {class: 'tick-text', x: frame.left - 8, y: y(value) + 4, 'text-anchor': 'end'}, format(value)),
    ]),
    times.map((tick) => [
      svg('line', {class: 'tickmark', x1: x(tick.time), x2: x(tick.time), y1: frame.bottom, y2: frame.bottom + 5}),
      svg('text', {class: 'tick-text', x: x(tick.time), y: frame.bottom + 20, 'text-anchor': anchor(x(tick.time), frame)},
        timeTick(tick)),
    ]),
    svg('line', {class: 'base', x1: frame.left, x2: frame.right, y1: frame.bottom, y2: frame.bottom}));
}

/// Room that the words of the values need left of the frame, in pixels.
export function roomForValues(domain, unit) {
  const values = ticks(domain[0], domain[1], 5);
  const format = tickFormat(values, unit);
  return 16 + 7.5 * Math.max(...values.map((value) => format(value).length));
}

function anchor(at, frame) {
  if (at > frame.right - 20) return 'end';
  return at < frame.left + 20 ? 'start' : 'middle';
}
