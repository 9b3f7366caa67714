/** An address of this machine, at the beginning of a URL. */
export const LOOPBACK = /^https?:\/\/(127\.0\.0\.1|localhost|\[::1\])(:|\/|$)/;
