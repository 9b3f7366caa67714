import {
  Bar,
  BarChart,
  CartesianGrid,
  LabelList,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { fillOf, type Shade } from './shades.tsx';

/** One of the numbers that a bar is made of. */
export interface Series {
  key: string;
  name: string;
  shade: Shade;
}

/** A bar: its name, and a number for each series. */
export interface Bars {
  name: string;
  values: Readonly<Record<string, number>>;
}

interface BarsProps {
  series: readonly Series[];
  bars: readonly Bars[];
}

const TICK = { fill: 'var(--mantine-color-dimmed)', fontSize: 12 };
const GROUND = {
  background: 'var(--mantine-color-body)',
  border: '1px solid var(--mantine-color-default-border)',
  color: 'var(--mantine-color-text)',
};
const ITEM = { color: 'inherit' };
/** Pixels. */
const UPRIGHT = 240;
const ROW = 34;
const AXIS = 40;

const rowsOf = (bars: readonly Bars[]) => bars.map(({ name, values }) => ({ name, ...values }));

/** Upright bars for what follows in time. Nothing moves: the numbers are what matters. */
export function UprightBars({ series, bars }: BarsProps) {
  return (
    <ResponsiveContainer width="100%" height={UPRIGHT}>
      <BarChart data={rowsOf(bars)} accessibilityLayer={false} margin={{ left: -16, right: 8 }}>
        <CartesianGrid vertical={false} stroke="var(--mantine-color-default-border)" />
        <XAxis dataKey="name" tick={TICK} minTickGap={16} tickLine={false} />
        <YAxis allowDecimals={false} tick={TICK} tickLine={false} axisLine={false} />
        <Tooltip contentStyle={GROUND} itemStyle={ITEM} cursor={false} isAnimationActive={false} />
        {series.map(({ key, name, shade }) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            stackId="all"
            fill={fillOf(shade)}
            stroke="var(--mantine-color-body)"
            isAnimationActive={false}
            maxBarSize={48}
          />
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}

/** Lying bars for what has names. */
export function LyingBars({ series, bars }: BarsProps) {
  const [first] = series;
  return (
    <ResponsiveContainer width="100%" height={bars.length * ROW + AXIS}>
      <BarChart
        data={rowsOf(bars)}
        layout="vertical"
        accessibilityLayer={false}
        margin={{ right: 36 }}
      >
        <XAxis type="number" allowDecimals={false} tick={TICK} tickLine={false} />
        <YAxis
          type="category"
          dataKey="name"
          width={152}
          tick={TICK}
          tickLine={false}
          interval={0}
        />
        <Tooltip contentStyle={GROUND} itemStyle={ITEM} cursor={false} isAnimationActive={false} />
        {series.map(({ key, name, shade }) => (
          <Bar
            key={key}
            dataKey={key}
            name={name}
            stackId="all"
            fill={fillOf(shade)}
            stroke="var(--mantine-color-body)"
            isAnimationActive={false}
            maxBarSize={20}
          >
            {series.length === 1 && first && (
              <LabelList dataKey={first.key} position="right" fill="var(--mantine-color-text)" />
            )}
          </Bar>
        ))}
      </BarChart>
    </ResponsiveContainer>
  );
}
