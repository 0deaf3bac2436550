// The wall: its frame, which page of it is shown, and the reader's choices.

import {centre} from './centre.js';
import {view as departmentView} from './department_view.js';
import {h} from './elements.js';
import {header} from './header.js';
import {view as indicatorView} from './indicator_view.js';
import {notice} from './notice.js';
import {view as overviewView} from './overview.js';
import {language, word} from './words.js';

const PAGES = {'': overviewView, department: departmentView, indicator: indicatorView};

// What is not encoded as it should be is taken as it stands: it names nothing, and its page says so.
function decoded(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/// "#/department/stttt?a=b" → {page, code, parameters}
function readAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split('?');
  const [page, code] = path.split('/').map(decoded);
  return {page, code: code ?? '', parameters: new URLSearchParams(query ?? '')};
}

function missingView(root) {
  root.append(h('p', {class: 'empty'}, word('no_page')));
  return {update() {}, leave() {}};
}

class App {
  constructor() {
    this.shown = null;   // the view, once there is something to show
    this.root = h('main', {id: 'main', tabindex: '-1'});
    this.skip = h('a', {class: 'skip', href: '#main', onclick: (event) => {
      // The fragment is the address of a page here.
      event.preventDefault();
      this.root.focus();
    }});
    this.header = header(() => this.translate());
    this.notice = notice();
    this.more = h('a', {href: '/api/v1'});
    this.footer = h('footer', {}, this.more);
    document.body.replaceChildren(this.skip, this.header.element, this.notice.element, this.root,
        this.footer);
  }

  start() {
    addEventListener('hashchange', () => {
      this.leave();
      this.update();
      this.root.focus({preventScroll: true});
      scrollTo(0, 0);
      this.root.scrollTop = 0;
    });
    centre.subscribe(() => this.update());
    setInterval(() => {
      this.header.tick();
      this.notice.update();
    }, 1000);
    this.translate();
    centre.start();
  }

  /// After a choice of language, too.
  translate() {
    document.documentElement.lang = language();
    this.skip.textContent = word('skip');
    this.more.textContent = word('addresses');
    this.leave();
    this.update();
  }

  leave() {
    this.shown?.leave();
    this.shown = null;
  }

  update() {
    const {state} = centre;
    document.documentElement.dataset.connection = state.name;
    this.header.update();
    this.notice.update();
    if (!centre.whole) return this.wait(state);
    if (this.shown === null) {
      const address = readAddress();
      const view = Object.hasOwn(PAGES, address.page) ? PAGES[address.page] : missingView;
      this.root.replaceChildren();
      this.root.removeAttribute('aria-busy');
      this.shown = view(this.root, address);
    }
    this.shown.update();
  }

  /// There is nothing to show yet: the places where it will stand, or nothing where none may be seen.
  wait(state) {
    this.root.setAttribute('aria-busy', String(state.name !== 'refused'));
    if (state.name === 'refused') return this.root.replaceChildren();
    if (this.root.querySelector('.skeleton') !== null) return;
    const blocks = Array.from({length: 46}, () => h('div', {class: 'block'}));
    this.root.replaceChildren(h('p', {class: 'hidden'}, word('loading')),
        h('div', {class: 'skeleton', 'aria-hidden': 'true'}, blocks));
  }
}

new App().start();
