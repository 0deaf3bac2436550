import assert from 'node:assert/strict';
import {readFileSync, readdirSync} from 'node:fs';
import {test} from 'node:test';

import {pageWords} from '../../daemon/wall/page_words.js';
import {setLanguage, word} from '../../daemon/wall/words.js';

const FOLDER = new URL('../../daemon/wall/', import.meta.url);
const source = (name) => readFileSync(new URL(name, FOLDER), 'utf8');
const placeholders = (text) => [...text.matchAll(/\{\d\}/g)].map(String).sort();

test('every key has words in both languages with the same places to fill in', () => {
  for (const [key, [vietnamese, english]] of Object.entries(pageWords)) {
    assert.ok(vietnamese && english, key);
    assert.deepEqual(placeholders(vietnamese), placeholders(english), key);
  }
});

test('no page word takes the place of one that the whole wall uses', () => {
  const shared = new Set([...source('words.js').matchAll(/^ {2}(\w+): \[/gm)].map(([, key]) => key));
  assert.ok(shared.size > 20);
  assert.deepEqual(Object.keys(pageWords).filter((key) => shared.has(key)), []);
});

test('every word that a module names is there', () => {
  setLanguage('vi');
  let named = 0;
  for (const name of readdirSync(FOLDER).filter((each) => each.endsWith('.js'))) {
    for (const [, key] of source(name).matchAll(/\b(?:word|empty)\('(\w+)'/g)) {
      ++named;
      // Of a key without words word() makes something up from the key itself.
      assert.notEqual(word(key), key.slice(key.indexOf('_') + 1).replaceAll('_', ' '), `${name}: ${key}`);
    }
  }
  assert.ok(named > 50);
});

test('no page word is left over', () => {
  const modules = readdirSync(FOLDER).filter((name) => name.endsWith('.js') && name !== 'page_words.js').map(source).join('\n');
  const made = [...modules.matchAll(/`(\w+_)\$\{/g)].map(([, prefix]) => prefix);
  const used = (key) => new RegExp(`\\b${key}\\b`).test(modules) || made.some((prefix) => key.startsWith(prefix)) ||
    /^unknown_\w+_why$/.test(key);
  assert.deepEqual(Object.keys(pageWords).filter((key) => !used(key)), []);
});

test('every unit of a shipped catalogue has words', () => {
  const config = new URL('../../config/', import.meta.url);
  const catalogues = readdirSync(config, {recursive: true}).filter((name) => name.endsWith('.yaml'))
    .map((name) => readFileSync(new URL(name, config), 'utf8')).join('\n');
  const units = new Set([...catalogues.matchAll(/\bunit: *([a-z_]+)/g)].map(([, unit]) => unit));
  assert.ok(units.size > 10);
  units.delete('percent');  // a sign at the number
  const keys = new Set([...source('words.js').matchAll(/^ {2}unit_(\w+): \[/gm)].map(([, unit]) => unit));
  assert.deepEqual([...units].filter((unit) => !keys.has(unit)), []);
});
