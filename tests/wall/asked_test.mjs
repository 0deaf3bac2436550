import assert from 'node:assert/strict';
import { test } from 'node:test';

globalThis.document = { hidden: false, addEventListener() {} };

const { asked } = await import('../../daemon/wall/asked.js');
const { centre } = await import('../../daemon/wall/centre.js');

const turn = () => new Promise((resolve) => { setTimeout(resolve, 10); });

/// What has been asked for after a moment in which the wall stands so.
async function requests({ hidden = false, state = 'live' }) {
  document.hidden = hidden;
  centre.live.state = { name: state };
  let count = 0;
  const asking = asked(async () => ++count, 1000, () => {});
  await turn();
  asking.stop();
  return count;
}

test('a page asks at once', async () => {
  assert.equal(await requests({}), 1);
  assert.equal(await requests({ state: 'lost' }), 1);
});

test('a page that nobody sees or that is not let in asks nothing', async () => {
  assert.equal(await requests({ hidden: true }), 0);
  assert.equal(await requests({ state: 'refused' }), 0);
});

test('an answer stays when the next one fails, and the failure is told', async () => {
  document.hidden = false;
  centre.live.state = { name: 'live' };
  let count = 0;
  const get = async () => {
    if (++count > 1) throw new Error('away');
    return 'first';
  };
  const asking = asked(get, 1, () => {});
  await turn();
  assert.equal(asking.answer(), 'first');
  assert.equal(asking.error().message, 'away');
  asking.stop();
});
