// What is wrong with the connection, and what can be done about it.

import {hasToken, setToken} from './api.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {ago, clock} from './formats.js';
import {language, word} from './words.js';

/// Asks for a token and tries again with it.
function tokenForm() {
  // Of other letters no browser makes a header: the wall would take that for a lost connection.
  const input = h('input', {
    id: 'token', type: 'password', autocomplete: 'off', required: true, pattern: '\\s*[!-~]+\\s*',
  });
  return h('form', {class: 'token', onsubmit: (event) => {
    event.preventDefault();
    setToken(input.value.trim());
    centre.retry();
  }}, h('label', {for: 'token'}, word('token')), input, h('button', {type: 'submit'}, word('send')),
  h('small', {}, word('token_kept')));
}

/// Hidden while all is well.
export function notice() {
  // Told to those who listen when it changes; the age, which changes each second, is not.
  const told = h('p', {role: 'status'});
  const age = h('span', {class: 'age'});
  const more = h('div', {});
  const element = h('section', {id: 'notice', hidden: true}, told, age, more);
  let shown = '';

  function tick() {
    const state = centre.live.state;
    age.textContent = state.name === 'lost' && centre.complete ? ago(state.since, new Date()) : '';
  }

  function update() {
    const state = centre.live.state;
    const now = `${state.name} ${state.since.getTime()} ${state.why} ${centre.complete} ${language()}`;
    if (now === shown) return;
    shown = now;
    element.hidden = state.name !== 'lost' && state.name !== 'refused';
    element.dataset.state = state.name;
    told.textContent = '';
    more.replaceChildren();
    if (state.name === 'lost') {
      told.textContent = centre.complete ? word('lost_since', clock(state.since)) : word('lost_at_start');
    } else if (state.name === 'refused') {
      told.textContent = word(hasToken() ? 'refused_token' : 'refused_why');
      more.append(tokenForm());
    }
    if (state.why && !element.hidden) more.append(h('p', {class: 'why', lang: 'en'}, state.why));
    tick();
  }

  return {element, update, tick};
}
