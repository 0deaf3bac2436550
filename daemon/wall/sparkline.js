// How the last hours went, without a scale: where it rose and fell.

import {svg} from './elements.js';

const WIDTH = 100;
const HEIGHT = 24;
const EDGE = 2;

/// `buckets`: of GetSeries, oldest first. Where buckets are empty the line has a gap. An empty
/// drawing without any value.
export function sparkline(buckets) {
  const values = buckets.map((bucket) => (bucket.value === undefined ? null : bucket.value));
  const there = values.filter((value) => value !== null);
  const drawing = svg('svg', {
    class: 'sparkline', viewBox: `0 0 ${WIDTH} ${HEIGHT}`, preserveAspectRatio: 'none',
    'aria-hidden': 'true',
  });
  if (there.length === 0) return drawing;
  const low = Math.min(...there);
  const range = Math.max(...there) - low;
  const x = (index) => (values.length < 2 ? 0 : (index / (values.length - 1)) * WIDTH);
  const y = (value) => (range === 0 ? HEIGHT / 2
    : HEIGHT - EDGE - ((value - low) / range) * (HEIGHT - 2 * EDGE));
  let path = '';
  values.forEach((value, index) => {
    if (value === null) return;
    const alone = values[index - 1] === null || index === 0;
    const point = `${x(index).toFixed(1)} ${y(value).toFixed(1)}`;
    // A value between two gaps is a dot: a line of no length with round ends.
    path += alone ? `M${point}l0 0` : `L${point}`;
  });
  drawing.append(svg('path', {d: path}));
  return drawing;
}
