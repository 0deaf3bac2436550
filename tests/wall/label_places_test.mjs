import assert from 'node:assert/strict';
import {test} from 'node:test';

import {placeLabels} from '../../daemon/wall/label_places.js';

const FRAME = {left: 0, top: 0, right: 400, bottom: 200};
const label = (x, y) => ({x, y, width: 80, height: 16});
const covers = (a, b) => a.left < b.left + 80 && b.left < a.left + 80 && a.top < b.top + 16 && b.top < a.top + 16;

test('a label stands to the right of its mark', () => {
  const [place] = placeLabels([label(100, 100)], [{x: 100, y: 100}], [], FRAME);
  assert.ok(place.left > 100 && place.top < 100 && place.top + 16 > 100);
});

test('at the right edge it stands to the left', () => {
  const [place] = placeLabels([label(390, 100)], [{x: 390, y: 100}], [], FRAME);
  assert.ok(place.left + 80 < 390);
});

test('labels of marks at one point do not cover each other', () => {
  const labels = [label(200, 100), label(200, 102), label(201, 99), label(200, 101)];
  const places = placeLabels(labels, labels, [], FRAME);
  assert.ok(places.every(Boolean));
  places.forEach((a, i) => places.slice(i + 1).forEach((b) => assert.ok(!covers(a, b))));
});

test('a label for which there is no room is left out, the least important first', () => {
  const narrow = {left: 0, top: 0, right: 100, bottom: 20};
  const [first, second] = placeLabels([label(8, 10), label(9, 10)], [], [], narrow);
  assert.ok(first);
  assert.equal(second, null);
});

test('a label goes out of the way of a line if it can stay near its mark', () => {
  const rising = [{x: 0, y: 200}, {x: 400, y: 0}];
  const [place] = placeLabels([label(200, 100)], [{x: 200, y: 100}], [rising], FRAME);
  const crossed = Array.from({length: 401}, (_, x) => ({x, y: 200 - x / 2}))
    .some(({x, y}) => x > place.left && x < place.left + 80 && y > place.top && y < place.top + 16);
  assert.ok(!crossed);
});

test('where lines are everywhere a label still stands beside its mark', () => {
  const lines = Array.from({length: 50}, (_, i) => [{x: 0, y: 4 * i}, {x: 400, y: 4 * i}]);
  const [place] = placeLabels([label(100, 100)], [], lines, FRAME);
  assert.ok(place && Math.abs(place.top + 8 - 100) < 1);
});
