// Dark or light: as the system has it, until the reader chooses.

import {choice} from './addresses.js';

const THEME = 'ioc-theme';
const prefersLight = matchMedia('(prefers-color-scheme: light)');

let chosen = choice('theme', ['dark', 'light']);
try {
  chosen ??= localStorage.getItem(THEME);
} catch {
  // Without storage the choice lasts as long as the page.
}

/// "dark" or "light".
export function theme() {
  if (chosen === 'dark' || chosen === 'light') return chosen;
  return prefersLight.matches ? 'light' : 'dark';
}

function show() {
  document.documentElement.dataset.theme = theme();
}

export function flipTheme() {
  chosen = theme() === 'dark' ? 'light' : 'dark';
  try {
    localStorage.setItem(THEME, chosen);
  } catch {
    // As above.
  }
  show();
}

prefersLight.addEventListener('change', show);
show();
