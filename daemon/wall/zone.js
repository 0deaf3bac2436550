// The time of Vietnam: one zone for the whole country, all year.

/// Its name, for Intl.
export const ZONE = 'Asia/Ho_Chi_Minh';

/// How far it is ahead of UTC, in ms.
export const AHEAD = 7 * 3600e3;
