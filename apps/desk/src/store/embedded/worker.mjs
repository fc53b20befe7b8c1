// A thread does not inherit the loader that the process runs TypeScript with, so its entry registers one first.
import { register } from 'tsx/esm/api';

register();
await import('./worker.ts');
