// The targets that need action, the worst first.

import {centre, targetKey} from './centre.js';
import {h} from './elements.js';
import {turnPages} from './paging.js';
import {targetsBehind} from './picture.js';
import {targetRow} from './target_row.js';
import {word} from './words.js';

function whyNone(targets) {
  if (targets.length === 0) return 'no_targets';
  return targets.every((row) => row.actual === undefined) ? 'no_actuals' : 'none_behind';
}

export function targetList() {
  const list = h('ol', {});
  const empty = h('p', {class: 'empty', hidden: true});
  const count = h('span', {class: 'total'});
  // What does not fit is reached by scrolling, with keys too; where nobody does, the list turns its pages.
  const frame = h('div', {class: 'frame', tabindex: '0', role: 'region', 'aria-labelledby': 'behind-title'},
      list, empty);
  const below = h('span', {class: 'below'});
  const element = h('section', {class: 'behind'},
      h('div', {class: 'title'}, h('h2', {id: 'behind-title'}, word('behind'), ' ', count), below), frame);
  const shown = new Map();

  /// Says how many stand below the edge.
  function countBelow() {
    const edge = frame.getBoundingClientRect().bottom + 1;
    const hidden = frame.scrollHeight <= frame.clientHeight ? 0
      : [...list.children].filter((row) => row.getBoundingClientRect().bottom > edge).length;
    below.textContent = hidden > 0 ? word('below', hidden) : '';
  }
  const sizes = new ResizeObserver(countBelow);
  sizes.observe(frame);
  sizes.observe(list);
  frame.addEventListener('scroll', countBelow, {passive: true});
  const stay = turnPages(frame, list);

  function update() {
    const rows = targetsBehind();
    const elements = rows.map((row) => {
      const key = targetKey(row);
      if (!shown.has(key)) shown.set(key, targetRow());
      const one = shown.get(key);
      one.update(row);
      return one.element;
    });
    if (elements.length !== list.children.length ||
        elements.some((one, place) => one !== list.children[place])) {
      // What is focused stays so where it only moves.
      const focused = list.contains(document.activeElement) ? document.activeElement : null;
      list.replaceChildren(...elements);
      focused?.focus({preventScroll: true});
    }
    count.textContent = rows.length;
    empty.hidden = rows.length > 0;
    empty.textContent = word(whyNone(centre.targets));
  }

  return {element, update, leave() {
    sizes.disconnect();
    stay();
  }};
}
