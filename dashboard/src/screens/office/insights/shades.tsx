import classes from './shades.module.css';

/** How a part of a bar looks: a colour and a pattern, since some see no difference in colour. */
export type Shade = 'critical' | 'urgent' | 'normal' | 'plain' | 'good' | 'late' | 'never';

const PLAIN: Partial<Record<Shade, string>> = {
  critical: 'var(--aurora-critical)',
  plain: 'var(--insights-plain)',
  good: 'var(--insights-good)',
  never: 'var(--aurora-critical)',
};

export function fillOf(shade: Shade): string {
  return PLAIN[shade] ?? `url(#shade-${shade})`;
}

/** The patterns, once on the screen. */
export function ShadePatterns() {
  return (
    <svg width={0} height={0} className={classes.patterns} aria-hidden="true" focusable="false">
      <defs>
        {(['urgent', 'late'] as const).map((shade) => (
          <pattern
            key={shade}
            id={`shade-${shade}`}
            width="6"
            height="6"
            patternUnits="userSpaceOnUse"
          >
            <rect width="6" height="6" fill="var(--aurora-urgent-ground)" />
            <path
              d="M-1 1 l2 -2 M0 6 l6 -6 M5 7 l2 -2"
              stroke="var(--aurora-urgent)"
              strokeWidth="2"
            />
          </pattern>
        ))}
        <pattern id="shade-normal" width="6" height="6" patternUnits="userSpaceOnUse">
          <rect width="6" height="6" fill="var(--aurora-normal-ground)" />
          <circle cx="3" cy="3" r="1.6" fill="var(--aurora-normal)" />
        </pattern>
      </defs>
    </svg>
  );
}

export function Legend({ entries }: { entries: readonly { name: string; shade: Shade }[] }) {
  return (
    <ul className={classes.legend}>
      {entries.map(({ name, shade }) => (
        <li key={name}>
          <svg width={16} height={16} aria-hidden="true" focusable="false">
            <rect
              width={16}
              height={16}
              rx={2}
              fill={fillOf(shade)}
              stroke="var(--mantine-color-dimmed)"
            />
          </svg>
          {name}
        </li>
      ))}
    </ul>
  );
}
