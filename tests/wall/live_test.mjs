import assert from 'node:assert/strict';
import { test } from 'node:test';

import { readEvents } from '../../daemon/wall/live.js';

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
