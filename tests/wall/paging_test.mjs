import assert from 'node:assert/strict';
import { test } from 'node:test';

import { nextTop } from '../../daemon/wall/paging.js';

const rows = [0, 40, 80, 120, 160].map((top) => ({ top, bottom: top + 40 }));

test('the next page begins with the first row that was not seen whole', () => {
  assert.equal(nextTop(rows, 0, 100), 80);
  assert.equal(nextTop(rows, 80, 80), 160);
});

test('after the last page comes the first', () => {
  assert.equal(nextTop(rows, 100, 100), 0);
  assert.equal(nextTop(rows, 0, 200), 0);
});

test('a row that is higher than the frame is read in parts, and does not hold the list', () => {
  const high = [{ top: 0, bottom: 250 }, { top: 250, bottom: 290 }];
  assert.equal(nextTop(high, 0, 100), 100);
  assert.equal(nextTop(high, 100, 100), 200);
  assert.equal(nextTop(high, 200, 100), 0);
});
