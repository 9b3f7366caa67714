import { benchImports } from './assistant/imports.ts';
import { benchRules } from './assistant/rules.ts';
import { benchRungs } from './assistant/rungs.ts';

/** What the assistant costs a turn, and what loading it costs a new instance. */
export async function benchAssistant(): Promise<void> {
  benchRules();
  console.log();
  await benchRungs();
  console.log();
  await benchImports();
}
