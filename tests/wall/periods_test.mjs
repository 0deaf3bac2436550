import assert from 'node:assert/strict';
import {test} from 'node:test';

import {comparedPeriod, dayStart, periodEnd, periodKind} from '../../daemon/wall/periods.js';

const at = (text) => Date.parse(`${text}T00:00+07:00`);

test('a period ends with the midnight +07:00 after its last day', () => {
  assert.equal(periodEnd('2024'), at('2025-01-01'));
  assert.equal(periodEnd('2024-Q1'), at('2024-04-01'));
  assert.equal(periodEnd('2024-Q4'), at('2025-01-01'));
  assert.equal(periodEnd('2024-02'), at('2024-03-01'));
  assert.equal(periodEnd('2024-12'), at('2025-01-01'));
  assert.equal(periodEnd('2024-02-29'), at('2024-03-01'));
});

test('what is no period has neither kind nor end', () => {
  assert.equal(periodKind('2024-Q5'), null);
  assert.equal(periodEnd(''), null);
});

test('a day begins at midnight +07:00', () => {
  assert.equal(dayStart('2025-01-01'), at('2025-01-01'));
});

test('what is reported more often than monthly is compared by months', () => {
  assert.equal(comparedPeriod('realtime'), 'month');
  assert.equal(comparedPeriod('quarterly'), 'quarter');
  assert.equal(comparedPeriod('yearly'), 'year');
});
