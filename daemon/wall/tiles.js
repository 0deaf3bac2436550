// The units, grouped by kind.

import {centre} from './centre.js';
import {h} from './elements.js';
import {presentDepartments} from './picture.js';
import {Sparklines} from './sparklines.js';
import {tile} from './tile.js';
import {word} from './words.js';

const COLUMNS = 8;  // of a wall, in style.css

function groupedByKind(departments) {
  const groups = new Map();
  for (const department of departments) {
    if (!groups.has(department.kind)) groups.set(department.kind, []);
    groups.get(department.kind).push(department);
  }
  return groups;
}

export function tiles() {
  const groups = h('div', {class: 'groups'});
  const element = h('section', {class: 'units', 'aria-labelledby': 'units-title'},
      h('h2', {id: 'units-title', class: 'hidden'}, word('units')), groups);
  const sparklines = new Sparklines();
  let list = [];
  let built = null;

  /// Anew only where another catalogue was loaded or a unit came or went.
  function build(departments) {
    sparklines.forget();
    list = departments.map((department) => tile(department, sparklines));
    const byCode = new Map(list.map((one) => [one.code, one]));
    groups.replaceChildren(...[...groupedByKind(departments)].map(([kind, members]) => {
      const group = h('section', {class: 'group', 'data-kind': kind},
          h('h3', {}, word(`kind_${kind}`)),
          h('ul', {}, members.map(({code}) => h('li', {}, byCode.get(code).element))));
      group.style.setProperty('--count', members.length);
      group.style.setProperty('--rows', Math.ceil(members.length / COLUMNS));
      return group;
    }));
    if (departments.length === 0) groups.append(h('p', {class: 'empty'}, word('no_units')));
  }

  function update() {
    const departments = presentDepartments();
    const now = JSON.stringify([
      departments.map(({code, kind, nameVi, nameEn}) => [code, kind, nameVi, nameEn]),
      [...centre.indicators.values()].map(({code, nameVi, nameEn}) => [code, nameVi, nameEn])]);
    if (now !== built) {
      built = now;
      build(departments);
    }
    for (const one of list) one.update();
  }

  return {element, update, leave: () => sparklines.end()};
}
