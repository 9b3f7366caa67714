import { lazy } from 'react';

/** The library that draws is large: it comes when there is something to draw. */
const load = () => import('./charts.tsx');

export const UprightBars = lazy(() => load().then(({ UprightBars }) => ({ default: UprightBars })));
export const LyingBars = lazy(() => load().then(({ LyingBars }) => ({ default: LyingBars })));
