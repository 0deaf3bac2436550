import assert from 'node:assert/strict';
import {test} from 'node:test';

import {domainOf, scale, ticks, timeTicks} from '../../daemon/wall/scale.js';

const at = (text) => Date.parse(`${text}+07:00`);
const texts = (found) => found.map(({time}) => new Date(time + 7 * 3600e3).toISOString().slice(0, 16));

test('a scale maps the ends of its domain onto the ends of its range, also reversed', () => {
  const y = scale([0.4, 0.8], [200, 0]);
  assert.equal(y(0.4), 200);
  assert.equal(y(0.8), 0);
  assert.ok(Math.abs(y(0.6) - 100) < 1e-9);
});

test('a scale without extent maps to the middle instead of dividing by zero', () => {
  assert.equal(scale([5, 5], [0, 100])(5), 50);
});

test('ticks are round and within the domain', () => {
  assert.deepEqual(ticks(0.412, 0.603, 5), [0.45, 0.5, 0.55, 0.6]);
  assert.deepEqual(ticks(-3, 12, 4), [0, 5, 10]);
});

test('ticks carry no rests of binary fractions', () => {
  assert.deepEqual(ticks(0.1, 0.7, 6), [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7]);
});

test('a tick at nothing is 0, not -0', () => {
  assert.ok(ticks(-1, 1, 2).some((value) => Object.is(value, 0)));
});

test('a domain without extent has one tick', () => {
  assert.deepEqual(ticks(3, 3, 5), [3]);
});

test('a domain has air on both sides but does not go below its floor', () => {
  const [from, to] = domainOf([0.02, 0.5], 0);
  assert.equal(from, 0);
  assert.ok(to > 0.5);
});

test('a value below the floor is still shown', () => {
  assert.equal(domainOf([-0.2, 0.5], 0)[0], -0.2);
});

test('a single value has a domain around it, and no value has none', () => {
  const [from, to] = domainOf([0]);
  assert.ok(from < 0 && to > 0);
  assert.equal(domainOf([]), null);
});

test('over years the ticks are starts of years at +07:00', () => {
  const found = timeTicks(at('2020-06-01T00:00'), at('2026-03-01T00:00'), 8);
  assert.deepEqual(texts(found), ['2021', '2022', '2023', '2024', '2025', '2026'].map((y) => `${y}-01-01T00:00`));
  assert.equal(found[0].unit, 'year');
});

test('over a month the ticks of days begin anew with each month', () => {
  const found = timeTicks(at('2026-01-25T00:00'), at('2026-02-12T00:00'), 5);
  assert.deepEqual(texts(found), ['2026-01-26T00:00', '2026-02-01T00:00', '2026-02-06T00:00', '2026-02-11T00:00']);
});

test('over a day the ticks are full hours of the local day', () => {
  const found = timeTicks(at('2026-11-28T17:40'), at('2026-11-29T17:40'), 5);
  assert.deepEqual(texts(found), ['2026-11-28T18:00', '2026-11-29T00:00', '2026-11-29T06:00', '2026-11-29T12:00']);
});

test('there are never more ticks of time than asked for by much', () => {
  for (const days of [0.5, 1, 7, 30, 90, 400, 2000, 20000, 200000]) {
    const found = timeTicks(at('2024-02-28T13:00'), at('2024-02-28T13:00') + days * 86400e3, 6);
    assert.ok(found.length <= 8, `${days} days: ${found.length}`);
  }
});
