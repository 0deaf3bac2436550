import assert from 'node:assert/strict';
import { mock, test } from 'node:test';

import { whenSeen } from '../../daemon/wall/sight.js';

let changed = null;
globalThis.document = { hidden: false, addEventListener: (_, listener) => { changed = listener; } };

function hide(hidden) {
  document.hidden = hidden;
  changed();
}

test('a page rests when nobody has seen it for ten seconds, and wakes at once', () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  const calls = [];
  const end = whenSeen(() => calls.push('rest'), (rested) => calls.push(rested ? 'wake' : 'back'));
  hide(true);
  mock.timers.tick(9000);
  hide(false);
  mock.timers.tick(60000);
  assert.deepEqual(calls, ['back']);  // who only looked into another tab
  hide(true);
  mock.timers.tick(10000);
  hide(false);
  assert.deepEqual(calls, ['back', 'rest', 'wake']);
  end();
  hide(true);
  mock.timers.tick(10000);
  assert.equal(calls.length, 3);
  mock.timers.reset();
});
