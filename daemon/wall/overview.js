// The first page: how the whole province stands, at one look.

import {h} from './elements.js';
import {summary} from './summary.js';
import {targetList} from './target_list.js';
import {tiles} from './tiles.js';

export function view(root) {
  const parts = [summary(), targetList(), tiles()];
  root.append(h('div', {class: 'overview'}, parts.map((part) => part.element)));
  return {
    update() {
      for (const part of parts) part.update();
    },
    leave() {
      for (const part of parts) part.leave();
    },
  };
}
