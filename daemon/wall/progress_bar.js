// The way from the baseline to the target, how far the value has come, and where it should be today.

import {h} from './elements.js';
import {figure} from './formats.js';
import {word} from './words.js';

/// Where values stand on the bar, 0 to 1: the way goes from left to right whichever side is better.
export function scaleOf(row) {
  const better = row.operator === 'le' || row.operator === 'lt' ? -1 : 1;
  // Without a baseline what shall grow begins at nothing; what shall shrink has no such place.
  const start = row.baseline ?? (better > 0 ? Math.min(0, row.targetValue)
    : Math.max(row.actual ?? row.targetValue, row.targetValue));
  const values = [start, row.actual, row.expected, row.targetValue]
      .filter((value) => value !== undefined)
      .map((value) => value * better);
  const low = Math.min(...values);
  const range = Math.max(...values) - low || 1;
  return {start, at: (value) => (value * better - low) / range};
}

function mark(kind, at) {
  const element = h('span', {class: `tick ${kind}`});
  element.style.left = `${(at * 100).toFixed(2)}%`;
  return element;
}

export function progressBar(row, unit) {
  const {start, at} = scaleOf(row);
  const said = ['actual', 'expected']
      .filter((key) => row[key] !== undefined)
      .map((key) => `${word(key)} ${figure(row[key], unit)}`);
  const bar = h('span', {class: 'bar', role: 'img',
    'aria-label': [...said, `${word('target')} ${figure(row.targetValue, unit)}`].join(', ')});
  if (row.actual !== undefined) {
    // A value that went back from where it started is drawn from there to the left.
    const from = Math.min(at(start), at(row.actual));
    const fill = h('span', {class: at(row.actual) < at(start) ? 'fill back' : 'fill'});
    fill.style.left = `${(from * 100).toFixed(2)}%`;
    fill.style.width = `${(Math.abs(at(row.actual) - at(start)) * 100).toFixed(2)}%`;
    bar.append(fill);
  }
  bar.append(mark('start', at(start)), mark('goal', at(row.targetValue)));
  if (row.expected !== undefined) bar.append(mark('due', at(row.expected)));
  return bar;
}
