export interface PostgresOptions {
  readonly isDurable?: boolean;
  /** `name=value`, as on the command line of the server. */
  readonly settings?: readonly string[];
}

export function startPostgres(
  options?: PostgresOptions,
): Promise<{ readonly url: string; readonly pid: number; stop(): Promise<void> } | undefined>;
export function findPostgres(): Promise<string | undefined>;
