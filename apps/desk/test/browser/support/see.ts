import { expect } from '@playwright/test';

/** Assertions that look again until they hold, for as long as something may take on a busy machine. */
export const see = expect.configure({ timeout: 20_000 });
