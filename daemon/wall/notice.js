// What is wrong with the connection, and what can be done about it.

import {hasToken, setToken} from './api.js';
import {centre} from './centre.js';
import {h} from './elements.js';
import {clock} from './formats.js';
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

const PATIENCE = 6000;  // ms: then a reader is told what the page waits for

/// What has not come, as a key of words.
const awaited = () => (centre.named ? 'awaited_picture' : centre.complete ? 'awaited_names' : 'awaited_all');

/// Hidden while all is well.
export function notice() {
  // Told to those who listen when it changes. How old the picture is stands at the top.
  const told = h('p', {role: 'status'});
  const more = h('div', {});
  const element = h('section', {id: 'notice', hidden: true}, told, more);
  let shown = '';

  const waitsLong = (state) => state.name === 'connecting' && new Date() - state.since > PATIENCE;

  function update() {
    const {state} = centre;
    const long = waitsLong(state);
    const now = `${state.name} ${state.since.getTime()} ${state.why} ${long} ${awaited()} ${language()}`;
    if (now === shown) return;
    shown = now;
    element.hidden = state.name !== 'lost' && state.name !== 'refused' && !long;
    element.dataset.state = state.name;
    told.textContent = '';
    more.replaceChildren();
    if (state.name === 'lost') {
      told.textContent = centre.complete ? word('lost_since', clock(centre.byDaemon(state.since))) : word('lost_at_start');
    } else if (state.name === 'refused') {
      told.textContent = word(hasToken() ? 'refused_token' : 'refused_why');
      more.append(tokenForm());
    } else if (long) {
      told.textContent = word('awaited', word(awaited()));
    }
    if (element.hidden) return;
    // A connection that is lost and gives no reason was not there.
    if (state.why) more.append(h('p', {class: 'why', lang: 'en'}, state.why));
    else if (state.name === 'lost') more.append(h('p', {class: 'why'}, word('unreached')));
  }

  return {element, update};
}
