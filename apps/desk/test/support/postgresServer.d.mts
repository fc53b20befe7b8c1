export interface PostgresServer {
  readonly url: string;
  /** Of the server as it was started first. */
  readonly pid: number;
  /** Ends the server as `pg_ctl stop -m HOW` does; whoever is connected loses the connection. */
  away(how: 'immediate' | 'fast'): Promise<void>;
  /** Starts it again after `away`, on the same port and data. */
  back(): Promise<void>;
  /** Copies all there is, as it is now. */
  backUp(): Promise<void>;
  /** Goes back to what was backed up. */
  restore(): Promise<void>;
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** Forces every commit to disk. */
  readonly isDurable?: boolean;
  /** `name=value`, as in postgresql.conf. */
  readonly settings?: readonly string[];
}

export function startPostgres(options?: PostgresOptions): Promise<PostgresServer | undefined>;
export function findPostgres(): Promise<string | undefined>;
