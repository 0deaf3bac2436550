import assert from 'node:assert/strict';
import { afterEach, test } from 'node:test';

import { ago, clock, dateTime, daysLeft, figure, isoDay, longDay } from '../../daemon/wall/formats.js';
import { setLanguage } from '../../daemon/wall/words.js';

const at = (text) => new Date(`${text}+07:00`);

afterEach(() => setLanguage('vi'));

test('a percent is a fraction, with the comma of Vietnamese or the point of English', () => {
  assert.equal(figure(0.4782, 'percent'), '47,82%');
  setLanguage('en');
  assert.equal(figure(0.4782, 'percent'), '47.82%');
});

test('other figures have their unit', () => {
  assert.equal(figure(30.25, 'hour'), '30,25 giờ');
  assert.equal(figure(12345.6, 'dossier'), '12.346 hồ sơ');
  assert.equal(figure(3, 'light_year'), '3 light year');
});

test('no value is never 0', () => {
  assert.equal(figure(undefined, 'percent'), '–');
  assert.equal(figure(0, 'percent'), '0%');
});

test('times are those of Vietnam, wherever the screen stands', () => {
  const late = new Date('2026-11-29T17:30:05Z');
  assert.equal(clock(late), '00:30:05');
  assert.equal(longDay(late), 'Thứ Hai, 30/11/2026');
  assert.equal(dateTime(late), '30/11/2026 00:30 +07:00');
  assert.equal(isoDay(late), '2026-11-30');
});

test('days are left until the end of the last one', () => {
  const deadline = '2025-12-31T17:00:00Z';
  assert.equal(daysLeft(deadline, at('2025-12-31T23:59:00')), 'còn 1 ngày');
  assert.equal(daysLeft(deadline, at('2025-12-30T23:59:00')), 'còn 2 ngày');
  assert.equal(daysLeft(deadline, at('2026-01-01T08:00:00')), 'quá hạn 1 ngày');
  assert.equal(daysLeft(deadline, at('2026-01-11T12:00:00')), 'quá hạn 11 ngày');
  assert.equal(daysLeft(undefined, at('2026-01-11T12:00:00')), 'không thời hạn');
});

test('ages are told in their largest unit', () => {
  const now = at('2026-11-30T12:00:00');
  assert.equal(ago(at('2026-11-30T11:59:15'), now), '45 giây trước');
  assert.equal(ago(at('2026-11-30T10:01:00'), now), '1 giờ trước');
});
