import assert from 'node:assert/strict';
import { test } from 'node:test';

import { scaleOf } from '../../daemon/wall/progress_bar.js';

test('the way goes from the baseline to the target', () => {
  const {at, start} = scaleOf({baseline: 0.2, targetValue: 1, actual: 0.4, expected: 0.6, operator: 'ge'});
  assert.equal(start, 0.2);
  assert.equal(at(0.2), 0);
  assert.ok(Math.abs(at(0.6) - 0.5) < 1e-9);
  assert.equal(at(1), 1);
});

test('where lower is better the way still goes from left to right', () => {
  const {at} = scaleOf({baseline: 100, targetValue: 20, actual: 60, operator: 'le'});
  assert.equal(at(100), 0);
  assert.equal(at(60), 0.5);
  assert.equal(at(20), 1);
});

test('a value that fell below its baseline is on the bar', () => {
  const {at, start} = scaleOf({baseline: 0.82, targetValue: 0.95, actual: 0.73, operator: 'ge'});
  assert.equal(at(0.73), 0);
  assert.ok(at(start) > 0);
});

test('without a baseline what should shrink has not gone back', () => {
  const {at, start} = scaleOf({targetValue: 5, actual: 7, operator: 'le'});
  assert.equal(at(7), at(start));
  assert.equal(at(5), 1);
  assert.ok(scaleOf({targetValue: 5, actual: 3, operator: 'le'}).at(3) > 0);
});

test('without a baseline the way begins at nothing, and nothing is divided by nothing', () => {
  assert.equal(scaleOf({targetValue: 0.8, actual: 0.4, operator: 'ge'}).at(0.4), 0.5);
  assert.equal(scaleOf({baseline: 5, targetValue: 5, operator: 'ge'}).at(5), 0);
});
