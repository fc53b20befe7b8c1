export interface PostgresServer {
  readonly url: string;
  halt(): Promise<void>;
  resume(): Promise<void>;
  backUp(): Promise<void>;
  restore(): Promise<void>;
  stop(): Promise<void>;
}
export function startPostgres(): Promise<PostgresServer | undefined>;
export function findPostgres(): Promise<string | undefined>;
