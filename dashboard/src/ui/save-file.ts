/** Milliseconds after which the browser has begun to save. */
const SAVING = 60_000;

/** Has the browser save a file, as if it came from a link. */
export function saveFile({ blob, name }: { blob: Blob; name: string }): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), SAVING);
}
