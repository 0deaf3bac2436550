// What a page says when it cannot show what was asked for.

import {h} from './elements.js';
import {word} from './words.js';

/// An address with a code that the catalogue does not have; kind: "department", "indicator" or "scope".
export function unknown(kind, code, href = '#/') {
  return [
    h('h2', {}, word(`unknown_${kind}`, code)),
    h('p', {}, word(`unknown_${kind}_why`)),
    h('p', {}, h('a', {href}, word(href === '#/' ? 'back_to_overview' : 'back_to_province'))),
  ];
}

export function empty(key, ...values) {
  return h('p', {class: 'empty'}, word(key, ...values));
}

/// A request that failed; what was there before stays beside it. Null without an error.
export function failure(error) {
  return error && h('p', {class: 'notice', role: 'status'}, word('not_read', error.message));
}
