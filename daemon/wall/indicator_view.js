// One indicator of the province or of a department: its value and its targets.

import {centre} from './centre.js';
import {h} from './elements.js';
import {figure} from './formats.js';
import {statusMark} from './status.js';
import {nameOf, word} from './words.js';

export function view(root, {code, parameters}) {
  const scope = parameters.get('scope') ?? 'province';
  const body = h('div', {});
  root.append(body);

  function update() {
    const indicator = centre.indicators.get(code);
    if (indicator === undefined) {
      body.replaceChildren(h('p', {class: 'empty'}, word('no_page')));
      return;
    }
    const targets = centre.targets
        .filter((row) => row.indicator === code && row.scope === scope)
        .map((row) => h('tr', {}, h('td', {}, row.target), h('td', {}, figure(row.actual, indicator.unit)),
            h('td', {}, figure(row.targetValue, indicator.unit)), h('td', {}, statusMark(row.status))));
    body.replaceChildren(h('a', {href: '#/'}, word('overview')), h('h2', {}, nameOf(indicator)),
        h('p', {}, figure(centre.figure(scope, code)?.value, indicator.unit)), h('table', {}, targets));
  }

  return {update, leave() {}};
}
