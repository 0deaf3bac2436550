import assert from 'node:assert/strict';
import { beforeEach, test } from 'node:test';

globalThis.requestAnimationFrame = () => 1;       // nobody looks
globalThis.sessionStorage = { getItem: () => null };
globalThis.fetch = () => new Promise(() => {});  // and no daemon answers

const { centre } = await import('../../daemon/wall/centre.js');
const { freshnessOf, headline, owedReports, presentDepartments, statusOf, targetsBehind } =
  await import('../../daemon/wall/picture.js');

const TIME = '2026-11-30T05:00:00Z';

function take(message) {
  centre.take({time: TIME, ...message});
}

const target = (indicator, status, more) =>
  ({scope: 'province', indicator, target: '2030', owner: 'a', status, targetValue: 1, ...more});

beforeEach(() => {
  centre.departments = new Map();
  centre.indicators = new Map();
  take({complete: true});
});

test('targets that need action come worst first, then by the share of the way that is missing', () => {
  take({targets: [
    target('fine', 'on_track'),
    target('risk', 'at_risk', {shortfall: 0.9, baseline: 0}),
    target('near', 'lagging', {shortfall: 0.1, baseline: 0}),
    target('far', 'lagging', {shortfall: 0.1, baseline: 0.8}),
    target('over', 'missed', {gap: 0.01}),
  ]});
  assert.deepEqual(targetsBehind().map((row) => row.indicator), ['over', 'far', 'near', 'risk']);
});

test('a row takes the place of the one with its key, and what is complete replaces everything', () => {
  take({targets: [target('x', 'on_track'), target('y', 'on_track')]});
  take({targets: [target('x', 'lagging')]});
  assert.deepEqual(centre.targets.map((row) => row.status), ['lagging', 'on_track']);
  take({complete: true, targets: [target('z', 'missed')]});
  assert.deepEqual(centre.targets.map((row) => row.indicator), ['z']);
});

test('a department stands as the worst target that it owns or that is of its scope', () => {
  take({targets: [target('x', 'on_track'), target('y', 'lagging', {scope: 'a', owner: 'b'}),
    target('z', 'missed', {owner: 'c'})]});
  assert.equal(statusOf('a'), 'lagging');
  assert.equal(statusOf('b'), 'lagging');
  assert.equal(statusOf('nobody'), 'none');
});

test('reports that are late or missing are owed; those that are due are not yet', () => {
  const report = (state) => ({indicator: state, state});
  take({departments: [{department: 'a', reports: ['fresh', 'due', 'late', 'missing'].map(report)}]});
  assert.equal(owedReports('a'), 2);
  assert.equal(freshnessOf('a'), 'missing');
  assert.equal(owedReports('b'), 0);
  assert.equal(freshnessOf('b'), 'none');
});

test('a department is there from its first day until the day it is no more', () => {
  const named = (code, more) => [code, {code, ...more}];
  centre.departments = new Map([named('always'), named('today', {validFrom: '2026-11-30'}),
    named('tomorrow', {validFrom: '2026-12-01'}), named('gone', {validTo: '2026-11-30'})]);
  assert.deepEqual(presentDepartments().map(({code}) => code), ['always', 'today']);
});

test('the headline is the first windowed figure, before older ones that are not', () => {
  const indicator = (code) => [code, {code, reporters: ['a']}];
  centre.indicators = new Map([indicator('level'), indicator('empty'), indicator('count')]);
  const row = (code, window, value) => ({scope: 'a', indicator: code, window, value});
  take({indicators: [row('level', 'latest', 3), row('empty', '30d'), row('count', '30d', 7)]});
  assert.equal(headline('a').row.value, 7);
  take({indicators: [row('count', '30d')]});
  assert.equal(headline('a').row.value, 3);
  assert.equal(headline('b'), undefined);
});

test('nothing is live before there is something to show', () => {
  centre.live.state = { name: 'live', since: new Date(), why: '' };
  centre.named = false;
  assert.equal(centre.state.name, 'connecting');
  centre.named = true;
  assert.equal(centre.state.name, 'live');
});
