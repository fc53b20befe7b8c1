import { rmSync } from 'node:fs';

export default async function tearDown() {
  await globalThis.postdeskTestServer?.stop();
  rmSync(process.env['POSTDESK_TEST_TEMPLATES'], { recursive: true, force: true });
}
