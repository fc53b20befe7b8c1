/** Wrong configuration, or a world that does not fit it. Printed as it is, without a stack; the process exits with 1. */
export class ConfigError extends Error {
  /** Every problem found, each naming the setting and what to do. */
  constructor(readonly problems: readonly string[]) {
    super(problems.join('\n'));
    this.name = 'ConfigError';
  }
}

/** Wrong usage of the command line: the message says what; exit code 2. */
export class UsageError extends Error {}

/** The text of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
