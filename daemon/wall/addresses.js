// Addresses of the pages, as app.js reads them, and what is chosen by them.

export function departmentAddress(code) {
  return `#/department/${encodeURIComponent(code)}`;
}

export function indicatorAddress(code, scope) {
  return `#/indicator/${encodeURIComponent(code)}?scope=${encodeURIComponent(scope)}`;
}

/// What the address asks for by `?name=` before its "#", if that is one of `allowed`; otherwise undefined. A screen that
/// nobody operates is set so.
export function choice(name, allowed) {
  const asked = new URLSearchParams(globalThis.location?.search ?? '').get(name);
  return allowed.find((one) => one === asked);
}
