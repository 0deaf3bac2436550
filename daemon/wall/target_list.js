// The targets that need action, the worst first.

import {centre} from './centre.js';
import {h} from './elements.js';
import {targetsBehind} from './picture.js';
import {targetRow} from './target_row.js';
import {word} from './words.js';

export function targetList() {
  const list = h('ol', {});
  const empty = h('p', {class: 'empty', hidden: true});
  const count = h('span', {class: 'total'});
  // What does not fit is reached by scrolling, with keys too.
  const frame = h('div', {class: 'frame', tabindex: '0', role: 'region', 'aria-labelledby': 'behind-title'},
      list, empty);
  const element = h('section', {class: 'behind'},
      h('h2', {id: 'behind-title'}, word('behind'), ' ', count), frame);
  const shown = new Map();

  function update() {
    const rows = targetsBehind();
    const elements = rows.map((row) => {
      const key = `${row.scope} ${row.indicator} ${row.target}`;
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
    empty.textContent = word(centre.targets.length === 0 ? 'no_targets' : 'none_behind');
  }

  return {element, update, leave() {}};
}
