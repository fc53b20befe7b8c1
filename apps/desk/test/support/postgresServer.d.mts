export function startPostgres(): Promise<{ readonly url: string; stop(): Promise<void> } | undefined>;
export function findPostgres(): Promise<string | undefined>;
