export interface PostgresServer {
  readonly url: string;
  /** Ends the server as `pg_ctl stop -m HOW` does; whoever is connected loses the connection. */
  away(how: 'immediate' | 'fast'): Promise<void>;
  /** Starts it again after `away`, on the same port and data. */
  back(): Promise<void>;
  stop(): Promise<void>;
}

export function startPostgres(options?: { readonly settings?: readonly string[] }): Promise<PostgresServer | undefined>;

export function findPostgres(): Promise<string | undefined>;
