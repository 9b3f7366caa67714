/** Ticks where no browser slows timers down: in a page in the background they may come once a minute. */
const EVERY = 15_000;

setInterval(() => postMessage('tick'), EVERY);
