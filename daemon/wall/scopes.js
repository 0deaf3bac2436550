// Names of what a figure or target is of: the province or a department.

import {centre} from './centre.js';
import {capital, nameOf, word} from './words.js';

export const PROVINCE = 'province';

/// A department that is not in the catalogue any more keeps its code.
export function scopeName(scope, departments) {
  if (scope === PROVINCE) return capital(nameOf(centre.territory)) || word('province');
  return departments.has(scope) ? nameOf(departments.get(scope)) : scope;
}

/// Names of all departments or indicators: what shows one of them changes with it.
export function namesOf(things) {
  return [...things.values()].map(nameOf);
}
