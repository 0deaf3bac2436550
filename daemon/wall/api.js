// The daemon's JSON. A token, where the daemon asks for one, lives as long as the tab.

const TOKEN = 'ioc-token';

// Where there is no storage it lives as long as the page.
let token = null;
try {
  token = sessionStorage.getItem(TOKEN);
} catch {
  // As above.
}

export class ApiError extends Error {
  /// `status`: of HTTP; 0 if the daemon was not reached. `retryAfter`: in seconds, if it said so.
  constructor(status, message, retryAfter) {
    super(message);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

export function hasToken() {
  return token !== null;
}

export function setToken(given) {
  token = given;
  try {
    sessionStorage.setItem(TOKEN, given);
  } catch {
    // As above.
  }
}

/// The answer's Response. Throws ApiError for any answer but 2xx, and what `signal` aborts with.
export async function request(path, parameters = {}, signal = undefined) {
  const query = new URLSearchParams(parameters).toString();
  const headers = {};
  if (token !== null) headers.Authorization = `Bearer ${token}`;
  let response;
  try {
    response = await fetch(query ? `${path}?${query}` : path, {headers, signal, cache: 'no-store'});
  } catch (error) {
    if (signal?.aborted) throw error;
    // What the browser says of it is for programmers, in its own language.
    throw new ApiError(0, '');
  }
  if (response.ok) return response;
  let message = response.statusText;
  try {
    message = (await response.json()).message ?? message;
  } catch {
    // Not of the daemon: a proxy between, perhaps. Its status says enough.
  }
  const retryAfter = Number(response.headers.get('Retry-After')) || undefined;
  throw new ApiError(response.status, message, retryAfter);
}

/// The answer to a GET, from JSON. Throws ApiError.
export async function getJson(path, parameters = {}) {
  return (await request(path, parameters)).json();
}
