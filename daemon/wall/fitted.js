// A drawing that is made anew for the width it has, so that its letters keep their size.

import {h} from './elements.js';

/// A box that holds draw(width, rem), both in CSS pixels; draw is called again when the width changes.
export function fitted(draw) {
  const box = h('div', {class: 'fitted'});
  let drawn = 0;
  new ResizeObserver(([entry]) => {
    const width = Math.floor(entry.contentRect.width);
    if (width < 1 || width === drawn) return;
    drawn = width;
    box.replaceChildren(draw(width, parseFloat(getComputedStyle(document.documentElement).fontSize)));
  }).observe(box);
  return box;
}
