// A part of a page that is built anew only when what it shows has changed: a picture that moves each
// second must not take away what a reader has opened, marked or put the focus on.

import {h} from './elements.js';
import {language} from './words.js';

/// An element and `show(facts, build)`: replaces its content by what build() returns (a node or an array)
/// unless facts and the language are those of the time before. Of facts, compared as JSON, numbers count
/// to four decimals and times to the minute: nobody sees more. The focus is given back to the element
/// with the same `data-key`, link or label, and opened `<details data-key>` stay open.
export function part(tag, attributes) {
  const element = h(tag, attributes);
  let shown = null;
  function show(facts, build) {
    const now = `${language()} ${JSON.stringify(facts, coarse)}`;
    if (now === shown) return;
    shown = now;
    const focused = placeOf(element, document.activeElement);
    const opened = [...element.querySelectorAll('details[open][data-key]')].map((each) => each.dataset.key);
    element.replaceChildren(...[build()].flat(Infinity).filter((child) => child instanceof Node));
    for (const each of element.querySelectorAll('details[data-key]')) {
      each.open ||= opened.includes(each.dataset.key);
    }
    if (focused) refocus(element, focused);
  }
  return {element, show};
}

const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:/;

function coarse(key, value) {
  if (typeof value === 'number') return Math.round(value * 1e4) / 1e4;
  return typeof value === 'string' && TIME.test(value) ? value.slice(0, 16) : value;
}

// What is the same element to a reader after it was built anew; a summary goes by its details.
function keyOf(element) {
  return element.dataset.key ?? element.getAttribute('href') ?? element.getAttribute('aria-label') ??
      element.parentElement.dataset.key;
}

function withKey(element, key) {
  return [...element.querySelectorAll('a[href], button, summary, [tabindex]')].filter((each) => keyOf(each) === key);
}

// And the how-manieth of those it is: links to one page may stand there more than once.
function placeOf(element, focused) {
  if (!element.contains(focused)) return null;
  const key = keyOf(focused);
  return {key, order: withKey(element, key).indexOf(focused)};
}

function refocus(element, {key, order}) {
  const find = () => withKey(element, key)[order];
  const focus = () => find()?.focus({preventScroll: true});
  // What is fitted to its width is drawn once that is known: in the next frame it is there.
  if (find()) focus();
  else requestAnimationFrame(focus);
}
