import { createInterface } from 'node:readline';

export function openKeyboard(onInterrupt: () => void, prompt = 'You                > ') {
  const lines = createInterface({
    input: process.stdin,
    output: process.stdout,
    terminal: process.stdin.isTTY === true && process.stdout.isTTY === true,
    prompt,
  });
  // In a terminal readline takes Ctrl-C for itself.
  lines.on('SIGINT', onInterrupt);
  return lines;
}
