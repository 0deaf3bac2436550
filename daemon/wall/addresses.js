// Addresses of the pages, as app.js reads them.

export function departmentAddress(code) {
  return `#/department/${encodeURIComponent(code)}`;
}

export function indicatorAddress(code, scope) {
  return `#/indicator/${encodeURIComponent(code)}?scope=${encodeURIComponent(scope)}`;
}
