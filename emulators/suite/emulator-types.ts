/** What the emulator registry wants from a server that it starts and stops. */
export interface EmulatorInstance {
  start(): Promise<void>;
  connect(): Promise<void>;
  stop(): Promise<void>;
  getInfo(): { name: string; host: string; port: number };
  getName(): string;
}

export interface FunctionDefinition {
  /** Region and name, as `us-central1-twilio`. */
  id: string;
  name: string;
  region: string;
  entryPoint: string;
  schedule?: { schedule: string; timeZone?: string | null };
  taskQueueTrigger?: object;
  secretEnvironmentVariables?: { key: string }[];
}

/** One line of the log of firebase-tools or one of our servers. */
export interface LogEntry {
  level: string;
  message: string;
  /** Which of our servers; without it, firebase-tools. */
  source?: string;
  /** Set when a function wrote it. */
  user?: unknown;
  metadata?: { function?: { name?: string }; emulator?: { name?: string } };
}
