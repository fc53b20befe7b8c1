import { checkNode, prepare } from './support/prepare.mjs';
import { preparePage } from './support/page.mjs';

// npm run page: builds the browser page of the sandbox, where it is missing or old.

checkNode();
await prepare();
process.exit((await preparePage()) ? 0 : 1);
