// The members of an indicator's set, each with its value.

import {getJson} from './api.js';
import {barList} from './bar_list.js';
import {h} from './elements.js';
import {nameOf, word} from './words.js';

// Beyond that only their names are shown: each value is a request of its own.
const MOST_VALUES = 24;

/// Promises {member code: value} of those that have one; department: {} or {department: code}.
export async function memberValues(indicator, department) {
  if (!indicator || indicator.members.length > MOST_VALUES) return {};
  const found = await Promise.all(indicator.members.map(async ({code}) => {
    const {windows} = await getJson('/api/v1/series', {indicator: indicator.code, member: code, ...department});
    return [code, windows.at(-1)?.value];  // the longest window, or the latest value
  }));
  return Object.fromEntries(found.filter(([, value]) => value !== undefined));
}

/// values: memberValues(), or null while they are asked for.
export function memberBars(indicator, values) {
  if (indicator.members.length > MOST_VALUES) {
    return h('p', {class: 'names'}, indicator.members.map(nameOf).join(' · '));
  }
  if (values === null) return h('p', {class: 'empty'}, word('loading'));
  return barList(indicator.members.map((member) => ({
    code: member.code, name: nameOf(member), value: values[member.code],
  })), indicator);
}
