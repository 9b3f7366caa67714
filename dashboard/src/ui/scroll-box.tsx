import type { ReactNode } from 'react';
import classes from './scroll-box.module.css';

interface ScrollBoxProps {
  className?: string | undefined;
  label: string;
  children: ReactNode;
}

/** Scrolls by itself what is wider than the window. */
export function ScrollBox({ className, label, children }: ScrollBoxProps) {
  return (
    <section
      className={[classes.box, className].filter(Boolean).join(' ')}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reached by key
      tabIndex={0}
      aria-label={label}
    >
      {children}
    </section>
  );
}
