// The strip at the top: whose centre this is, what time it is, and whether what stands below is live.

import {centre} from './centre.js';
import {h} from './elements.js';
import {ago, clock, longDay} from './formats.js';
import {flipTheme, theme} from './theme.js';
import {capital, language, nameOf, setLanguage, word} from './words.js';

/// `translated` is called after a choice of language.
export function header(translated) {
  const home = h('a', {href: '#/', class: 'home'});
  const title = h('span', {class: 'subtitle'});
  const name = h('h1', {}, home);
  const hours = h('span', {class: 'hours'});
  const date = h('span', {class: 'date'});
  const state = h('span', {class: 'state'});
  const picture = h('span', {id: 'picture-time'});
  const connection = h('div', {id: 'connection', 'data-state': 'connecting'}, state, picture);
  const back = h('a', {id: 'back', href: '#/'});
  const languageButton = h('button', {id: 'language', type: 'button', onclick: () => {
    setLanguage(language() === 'vi' ? 'en' : 'vi');
    translated();
  }});
  const themeButton = h('button', {id: 'theme', type: 'button', onclick: () => {
    flipTheme();
    update();
  }});
  const simulated = h('div', {id: 'simulated', role: 'note', hidden: true},
      h('span', {lang: 'vi'}, 'Dữ liệu mô phỏng'), ' / ', h('span', {lang: 'en'}, 'Simulated data'));
  const element = h('header', {},
      h('div', {class: 'top'},
          h('div', {class: 'whose'}, name, title),
          connection,
          h('div', {class: 'choices'}, back, languageButton, themeButton),
          h('div', {class: 'time'}, hours, date)),
      simulated);

  function tick() {
    const now = centre.now();
    hours.textContent = clock(now);
    date.textContent = `${longDay(now)} · +07:00`;
    if (centre.time === null) {
      picture.textContent = '';
    } else if (centre.state.name === 'live') {
      picture.textContent = word('last_change', clock(centre.time));
    } else {
      // The picture is as old as the newest sign of life, be the last change as long ago as it may.
      const heard = centre.byDaemon(centre.live.heardAt);
      picture.textContent = word('picture_of', clock(heard), ago(heard, now));
    }
  }

  function update() {
    const whose = capital(nameOf(centre.territory));
    home.textContent = whose || word('title');
    title.textContent = whose ? word('title') : '';
    document.title = whose ? `${whose} · ${word('title')}` : word('title');
    connection.dataset.state = centre.state.name;
    state.textContent = word(centre.state.name);
    back.textContent = `← ${word('overview')}`;
    back.hidden = /^#?\/?$/.test(location.hash);
    languageButton.textContent = word('other_language');
    languageButton.lang = language() === 'vi' ? 'en' : 'vi';
    themeButton.textContent = word(theme() === 'dark' ? 'to_light' : 'to_dark');
    simulated.hidden = !centre.simulated;
    tick();
  }

  return {element, update, tick};
}
