import assert from 'node:assert/strict';
import { test } from 'node:test';

import { Live, readEvents } from '../../daemon/wall/live.js';

/// Reads these bytes, cut into pieces of `size`; → [[name, data], ...]
async function read(text, size) {
  const bytes = new TextEncoder().encode(text);
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < bytes.length; at += size) controller.enqueue(bytes.slice(at, at + size));
      controller.close();
    },
  });
  const events = [];
  await readEvents(stream, (name, data) => events.push([name, data]), () => {});
  return events;
}

test('events are the same however the line cuts them, in the middle of a letter too', async () => {
  const text = 'retry: 2000\n\ndata: {"a":"Sở Y tế"}\n\n:\n\nevent: end\ndata: {"message":"hết"}\n\n';
  const expected = [['message', '{"a":"Sở Y tế"}'], ['end', '{"message":"hết"}']];
  for (const size of [1, 2, 3, 7, 1000]) assert.deepEqual(await read(text, size), expected);
});

test('an event that is cut off is none', async () => {
  assert.deepEqual(await read('data: {"whole":1}\n\ndata: {"ha', 4), [['message', '{"whole":1}']]);
});

test('a sign of life is heard though it is no event', async () => {
  let heard = 0;
  const stream = new Blob([':\n\n']).stream();
  await readEvents(stream, () => assert.fail('there is no event'), () => ++heard);
  assert.equal(heard, 1);
});

/// A page in which fetch() answers with streams that say nothing; their signals, in order.
function page() {
  const listeners = {};
  const signals = [];
  globalThis.addEventListener = (name, listener) => { listeners[name] = listener; };
  globalThis.document = {hidden: false, addEventListener() {}};
  globalThis.fetch = async (_, {signal}) => {
    signals.push(signal);
    return new Response(new ReadableStream({
      start: (stream) => {
        stream.enqueue(new TextEncoder().encode('data: {}\n\n'));
        signal.addEventListener('abort', () => stream.error(signal.reason));
      },
    }));
  };
  return {listeners, signals};
}

const turn = () => new Promise((resolve) => { setTimeout(resolve, 20); });

test('a page that a browser keeps for the way back holds no watch, and has one again when shown', async () => {
  const {listeners, signals} = page();
  const states = [];
  const live = new Live(() => {}, ({name}) => states.push(name));
  live.start();
  await turn();
  listeners.pagehide();
  await turn();
  assert.deepEqual(signals.map(({aborted}) => aborted), [true]);
  assert.deepEqual(states, ['live']);  // nothing was lost
  listeners.pageshow({persisted: true});
  await turn();
  assert.deepEqual(signals.map(({aborted}) => aborted), [true, false]);
  live.stop();
});

test('a watch whose message cannot be taken is ended before another one begins', async () => {
  const {signals} = page();
  const live = new Live(() => { throw new Error('a mistake of ours'); }, () => {});
  live.start();
  await turn();
  assert.equal(signals[0].aborted, true);
  assert.equal(live.state.name, 'lost');
  live.stop();
});

test('a page that nobody sees gives its watch back, and has one at once when it is seen', async () => {
  const {signals} = page();
  const states = [];
  const live = new Live(() => {}, ({name}) => states.push(name));
  live.start();
  await turn();
  live.rest();
  await turn();
  assert.deepEqual(signals.map(({aborted}) => aborted), [true]);
  assert.deepEqual(states, ['live', 'connecting']);  // what it shows is no longer how it stands now
  live.wake();
  await turn();
  assert.deepEqual(signals.map(({aborted}) => aborted), [true, false]);
  assert.equal(live.state.name, 'live');
  live.stop();
});

test('of a daemon that cannot be reached nothing is said in the words of the browser', async () => {
  page();
  globalThis.fetch = async () => { throw new TypeError('Failed to fetch'); };
  const live = new Live(() => {}, () => {});
  live.start();
  await turn();
  assert.deepEqual([live.state.name, live.state.why], ['lost', '']);
  live.stop();
});
