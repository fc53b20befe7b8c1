import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fastify } from 'fastify';
import { servePage } from '../src/control/page.js';
import { openOffice } from './support/office.js';

interface Got {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

/** Asks by hand, because fetch sets the Host header itself. */
function ask(url: string, headers: Record<string, string> = {}): Promise<Got> {
  return new Promise((resolve, reject) => {
    const asked = request(url, { headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(parts).toString('utf8'),
        }),
      );
    });
    asked.on('error', reject).end();
  });
}

describe('the page', () => {
  test('may load nothing from elsewhere, run nothing inline, and stand in no frame', async () => {
    const { sandbox } = await openOffice();
    const { status, headers, body } = await ask(`${sandbox.url}/`);
    expect(status).toBe(200);
    const policy = String(headers['content-security-policy']).split('; ');
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("script-src 'self'");
    expect(policy).toContain("style-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy.join(' ')).not.toContain('unsafe');
    expect(headers['x-content-type-options']).toBe('nosniff');
    expect(body).not.toMatch(/<script(?![^>]* src="\/page\/)/);
    expect(body).not.toMatch(/https?:/);
    const [, script = ''] = /<script[^>]* src="([^"]+)"/.exec(body) ?? [];
    expect((await ask(`${sandbox.url}${script}`)).headers['content-type']).toContain('javascript');
  });

  test('is served to this machine only', async () => {
    const { sandbox } = await openOffice();
    for (const path of ['/', '/page/x.js', '/control/files/x']) {
      expect((await ask(`${sandbox.url}${path}`, { host: 'evil.example' })).status).toBe(403);
      expect((await ask(`${sandbox.url}${path}`, { origin: 'https://evil.example' })).status).toBe(403);
    }
  });

  test('leaves every other path to the Bot API', async () => {
    const { sandbox } = await openOffice();
    expect((await ask(`${sandbox.url}/pages`)).body).toContain('"error_code":404');
    expect((await ask(`${sandbox.url}/page/none.js`)).status).toBe(404);
    expect((await ask(`${sandbox.url}/page/../package.json`)).status).toBe(404);
  });

  test('that is not built says how to build it', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'postdesk-page-'));
    const server = fastify();
    servePage(server, folder);
    expect(await server.inject('/')).toMatchObject({
      statusCode: 503,
      body: expect.stringContaining('npm run page') as string,
    });
    writeFileSync(join(folder, 'index.html'), '<p>there</p>');
    const url = await server.listen({ port: 0, host: '127.0.0.1' });
    expect((await ask(`${url}/`)).body).toBe('<p>there</p>');
    await server.close();
    rmSync(folder, { recursive: true });
  });
});

describe('a file of a message', () => {
  const markup = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>').toString(
    'base64',
  );

  test('is shown as the picture or sound that it is', async () => {
    const { control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo' });
    await ann.sends({ kind: 'voice' });
    const types = await Promise.all(
      (await ann.sees()).map(async ({ file }) => (await ask(control.fileUrl(file!.uniqueId))).headers['content-type']),
    );
    expect(types).toEqual(['image/jpeg', 'audio/ogg']);
  });

  test.each(['image/svg+xml', 'text/html', 'application/xhtml+xml', 'text/javascript'])(
    'that calls itself %s is a download of unknown bytes',
    async (mimeType) => {
      const { control } = await openOffice();
      const ann = await control.addPerson({ firstName: 'Ann' });
      await ann.sends({ kind: 'document', file: { bytes: markup, mimeType, fileName: 'x"\r\n<b>.svg' } });
      const [message] = await ann.sees();
      const { headers, status } = await ask(control.fileUrl(message!.file!.uniqueId));
      expect(status).toBe(200);
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''x%22%0D%0A%3Cb%3E\.svg$/);
      expect(headers['x-content-type-options']).toBe('nosniff');
      expect(headers['content-security-policy']).toBe("default-src 'none'; sandbox");
    },
  );

  test('that is not there is a 404', async () => {
    const { sandbox } = await openOffice();
    expect(await ask(`${sandbox.url}/control/files/none`)).toMatchObject({
      status: 404,
      body: '{"error":"there is no file none"}',
    });
  });
});

test('a shown message tells what people see of files and service lines', async () => {
  const { control, owner } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.sends({ kind: 'video', caption: 'above', isCaptionAbove: true, hasSpoiler: true });
  const [video] = await ann.sees();
  expect(video).toMatchObject({ authorId: ann.id, isCaptionAbove: true, hasSpoiler: true });
  expect(video?.file).toMatchObject({ width: 640, height: 480, duration: 3, thumbnail: expect.any(String) as string });
  await control.addPerson({ firstName: 'Maria', staff: 'member' });
  const post = await owner.writesInGroup('read this');
  await owner.pins(post);
  expect((await control.group.sees()).map(({ service }) => service)).toEqual([
    { what: 'new_chat_members', names: ['Maria'] },
    undefined,
    { what: 'pinned_message', names: [], message: post },
  ]);
});
