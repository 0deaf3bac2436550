import assert from 'node:assert/strict';
import {test} from 'node:test';

import {courseAt, trajectoryOf, valuesOf} from '../../daemon/wall/trajectory.js';

const at = (text) => Date.parse(`${text}T00:00+07:00`);
const NOW = at('2025-07-01');

// As GET /api/v1/targets has it.
const target = (changes) => ({
  scope: 'province', indicator: 'internet_users_pct', target: '2025', operator: 'ge', targetValue: 0.8,
  deadline: '2025-12-31T17:00:00Z', baseline: 0.4, baselineDate: '2024-01-01', milestones: [], tolerance: 0.01,
  trajectory: 'linear', actual: 0.5, actualTime: '2025-06-30T17:00:00Z', forecast: 0.7, ...changes,
});

const period = (label, kind, which, value) => ({period: label, kind, which, value, state: 'closed'});

test('the course leads from the baseline straight to the target at the deadline', () => {
  const {course} = trajectoryOf(target(), 'ratio', [], NOW);
  assert.deepEqual(course, [{time: at('2024-01-01'), value: 0.4}, {time: at('2026-01-01'), value: 0.8}]);
});

test('the course goes through its milestones', () => {
  const milestones = [{date: '2025-01-01', value: 0.7}];
  const {course} = trajectoryOf(target({milestones}), 'ratio', [], NOW);
  assert.equal(courseAt(course, at('2025-01-01')), 0.7);
  assert.ok(Math.abs(courseAt(course, (at('2025-01-01') + at('2026-01-01')) / 2) - 0.75) < 1e-12);
});

test('before its beginning and after its end the course stays where it is', () => {
  const {course} = trajectoryOf(target(), 'ratio', [], NOW);
  assert.equal(courseAt(course, at('2020-01-01')), 0.4);
  assert.equal(courseAt(course, at('2030-01-01')), 0.8);
});

test('what is expected today stands on the course today, not at the date of the figure', () => {
  const late = target({actualTime: '2024-12-31T17:00:00Z'});
  const {expected, course} = trajectoryOf(late, 'coverage', [], NOW);
  assert.deepEqual(expected, {time: NOW, value: courseAt(course, NOW)});
});

test('after the deadline nothing is expected of today, and today is still in the plot', () => {
  const later = at('2026-11-29');
  const {expected, span} = trajectoryOf(target(), 'ratio', [], later);
  assert.equal(expected, null);
  assert.ok(span[0] < at('2024-01-01') && span[1] > later);
});

test('without baseline there is a threshold instead of a course', () => {
  const shown = trajectoryOf(target({baseline: undefined, baselineDate: ''}), 'ratio', [], NOW);
  assert.equal(shown.course, null);
  assert.equal(shown.threshold, 0.8);
  assert.equal(shown.expected, null);
});

test('a target that must be held has a threshold, also with a baseline', () => {
  const shown = trajectoryOf(target({trajectory: 'maintain'}), 'ratio', [], NOW);
  assert.equal(shown.course, null);
  assert.equal(shown.threshold, 0.8);
  assert.equal(shown.tolerance, 0);
});

test('without deadline there is neither goal nor forecast in time', () => {
  const shown = trajectoryOf(target({deadline: undefined}), 'ratio', [], NOW);
  assert.equal(shown.goal, null);
  assert.equal(shown.forecast, null);
  assert.equal(shown.threshold, 0.8);
});

test('a baseline of 0 is a baseline', () => {
  assert.equal(trajectoryOf(target({baseline: 0}), 'ratio', [], NOW).course[0].value, 0);
});

test('ended periods stand at their ends, in order, and the longest of one end stays', () => {
  const periods = [
    period('2025-06-30', 'day', 'last', 0.1), period('2024-12', 'month', 'last', 0.44),
    period('2024-Q4', 'quarter', 'last', 0.45), period('2024', 'year', 'last', 0.46),
    period('2024-06', 'month', 'same_last_year', 0.43), period('2025', 'year', 'current', 0.5),
  ];
  const {earlier} = trajectoryOf(target(), 'ratio', periods, NOW);
  assert.deepEqual(earlier.map(({time, period: label}) => [time, label]),
    [[at('2024-07-01'), '2024-06'], [at('2025-01-01'), '2024']]);
});

test('of a flow only months are compared with its value of 30 days', () => {
  const periods = [period('2024', 'year', 'last', 900), period('2025-05', 'month', 'last', 70)];
  const {earlier} = trajectoryOf(target(), 'flow', periods, NOW);
  assert.deepEqual(earlier.map((point) => point.period), ['2025-05']);
});

test('without value there is no point, and the course is still drawn', () => {
  const shown = trajectoryOf(target({actual: undefined, actualTime: undefined, forecast: undefined}), 'ratio', [], NOW);
  assert.equal(shown.actual, null);
  assert.equal(shown.course.length, 2);
});

test('the values hold the tolerance around the course', () => {
  const values = valuesOf(trajectoryOf(target(), 'ratio', [], NOW));
  assert.ok(Math.abs(Math.min(...values) - 0.39) < 1e-12);
  assert.ok(Math.abs(Math.max(...values) - 0.81) < 1e-12);
});
