// A part of a page that is built anew only when what it shows has changed: a picture that moves each
// second must not take away what a reader has opened, marked or put the focus on.

import {h} from './elements.js';
import {language} from './words.js';

/// An element and `show(facts, build)`: replaces its content by what build() returns (a node or an array)
/// unless facts and the language are those of the time before. Of facts, compared as JSON, numbers count
/// to four decimals and times to the minute: nobody sees more. The focus is given back to the element
/// with the same `data-key` or link, and opened `<details data-key>` stay open.
export function part(tag, attributes) {
  const element = h(tag, attributes);
  let shown = null;
  function show(facts, build) {
    const now = `${language()} ${JSON.stringify(facts, coarse)}`;
    if (now === shown) return;
    shown = now;
    const focused = element.contains(document.activeElement) ? keyOf(document.activeElement) : null;
    const opened = [...element.querySelectorAll('details[open][data-key]')].map((each) => each.dataset.key);
    element.replaceChildren(...[build()].flat(Infinity).filter(Boolean));
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

function keyOf(element) {
  return element.dataset.key ?? element.getAttribute('href');
}

function refocus(element, key) {
  const find = () => [...element.querySelectorAll('a[href], [data-key]')].find((each) => keyOf(each) === key);
  const focus = () => find()?.focus({preventScroll: true});
  // What is fitted to its width is drawn once that is known: in the next frame it is there.
  if (find()) focus();
  else requestAnimationFrame(focus);
}
