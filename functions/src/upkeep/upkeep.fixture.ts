import type { Log, LogFields } from '../log.ts';

/** A log that can be read back. */
export function recordingLog() {
  const lines: { severity: string; message: string; fields: LogFields | undefined }[] = [];
  const at = (severity: string) => (message: string, fields?: LogFields) =>
    void lines.push({ severity, message, fields });
  const log: Log = { info: at('info'), warn: at('warn'), error: at('error'), alert: at('alert') };
  return { log, lines };
}
