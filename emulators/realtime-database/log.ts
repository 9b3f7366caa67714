export type Log = (
  level: 'info' | 'warn' | 'error',
  message: string,
  fields?: Record<string, unknown>,
) => void;

/** For servers that were given no log: what went wrong must not go unseen. */
export const consoleLog: Log = (level, message, fields) => {
  if (level !== 'info') console.error(`realtime-database ${level}: ${message}`, fields ?? '');
};
