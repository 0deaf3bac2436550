// What a page says when it cannot show what was asked for.

import {h} from './elements.js';
import {word} from './words.js';

/// A view of something that the catalogue may gain or lose while it is open. trouble(): nodes that say what is not
/// there, or null; page(): builds the page of what is there, {element, update(), leave()}.
export function whileKnown(root, trouble, page) {
  let known = null;
  let shown = null;
  return {
    update() {
      const problem = trouble();
      if (shown === null || known !== (problem === null)) {
        shown?.leave();
        known = problem === null;
        shown = known ? page() : nothing(problem);
        root.replaceChildren(shown.element);
      }
      shown.update();
    },
    leave() {
      shown?.leave();
    },
  };
}

function nothing(problem) {
  return {element: h('div', {class: 'page'}, h('div', {class: 'page-head'}, problem)), update() {}, leave() {}};
}

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
  return error && h('p', {class: 'notice', role: 'status'}, word('not_read', error.message || word('unreached')));
}
