import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { greyJpeg } from '../../src/samples/jpeg.js';
import type { Composition } from '../../src/control/client.js';
import { openOffice, refusal } from '../support/office.js';

const picture = { bytes: greyJpeg(1000, 500), name: 'me.jpg', type: 'image/jpeg' };
const MB = 1024 * 1024;

describe('19. files', () => {
  test('of people can be asked for and downloaded, byte by byte', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const bytes = Buffer.from('what I wanted to say');
    await ann.sends({
      kind: 'document',
      file: { bytes: bytes.toString('base64'), fileName: 'letter.txt', mimeType: 'text/plain' },
    });
    const [message] = await bot.messages();
    expect(message?.document).toMatchObject({
      file_name: 'letter.txt',
      mime_type: 'text/plain',
      file_size: bytes.length,
    });
    const file = await bot.call('getFile', { file_id: message!.document!.file_id });
    expect(file).toMatchObject({ file_unique_id: message!.document!.file_unique_id, file_size: bytes.length });
    expect(file.file_path).toMatch(/^documents\/file_\d+\.txt$/);
    const download = await fetch(`${sandbox.url}/file/bot${bot.token}/${file.file_path}`);
    expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  });

  test('cannot be downloaded without the token, nor by another path', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'voice' });
    const [message] = await bot.messages();
    const { file_path } = await bot.call('getFile', { file_id: message!.voice!.file_id });
    const status = async (path: string) => (await fetch(`${sandbox.url}/file/${path}`)).status;
    expect(await status(`bot${bot.token}/${file_path}`)).toBe(200);
    expect(await status(`bot${bot.token}x/${file_path}`)).toBe(401);
    expect(await status(`bot${bot.token}/voice/none.oga`)).toBe(404);
  });

  test('larger than 20 MB cannot be downloaded by bots', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'video', file: { size: 20 * MB + 1 } });
    await ann.sends({ kind: 'video', file: { size: 20 * MB } });
    const [large, small] = await bot.messages();
    expect(large?.video?.file_size).toBe(20 * MB + 1);
    expect(await refusal(bot.call('getFile', { file_id: large!.video!.file_id }))).toBe(
      '400 Bad Request: file is too big',
    );
    expect(await bot.call('getFile', { file_id: small!.video!.file_id })).toHaveProperty('file_path');
  });

  test('larger than 20 MB can be sent again by their id all the same', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'video', file: { size: 1000 * MB } });
    const [large] = await bot.messages();
    const sent = await bot.call('sendVideo', { chat_id: ann.id, video: large!.video!.file_id });
    expect(sent.video).toMatchObject({ file_size: 1000 * MB, file_unique_id: large!.video!.file_unique_id });
  });

  test('are uploaded under the parameter’s name or attached', async () => {
    const { bot, groupId } = await openOffice();
    const chat_id = String(groupId);
    const named = await bot.upload('sendPhoto', { chat_id, photo: picture, caption: 'me' });
    expect(named).toMatchObject({ caption: 'me' });
    expect(named.photo!.map(({ width, height }) => [width, height])).toEqual([
      [90, 45],
      [320, 160],
      [800, 400],
      [1000, 500],
    ]);
    const media = JSON.stringify([
      { type: 'photo', media: 'attach://a' },
      { type: 'photo', media: 'attach://b' },
    ]);
    const album = await bot.upload('sendMediaGroup', { chat_id, media, a: picture, b: picture });
    expect(album.map(({ photo }) => photo!.at(-1)!.file_size)).toEqual([picture.bytes.length, picture.bytes.length]);
  });

  test('keep their names and what the call says of them', async () => {
    const { bot, groupId } = await openOffice();
    const audio = { bytes: Buffer.from('x'), name: 'song.mp3', type: 'audio/mpeg' };
    const thumbnail = { bytes: greyJpeg(50, 40), name: 't.jpg', type: 'image/jpeg' };
    const params = { chat_id: String(groupId), duration: '61', title: 'Song', performer: 'Band' };
    const sent = await bot.upload('sendAudio', { ...params, audio, thumbnail: 'attach://t', t: thumbnail });
    expect(sent.audio).toMatchObject({ file_name: 'song.mp3', duration: 61, title: 'Song', performer: 'Band' });
    expect(sent.audio!.thumbnail).toMatchObject({ width: 50, height: 40 });
    expect(sent.audio).toHaveProperty('thumb', sent.audio!.thumbnail);
  });

  test('have ids of their own for each bot', async () => {
    const { bot, groupId, owner, control, sandbox } = await openOffice();
    const other = await control.addBot({ firstName: 'Other', username: 'other_bot' });
    await owner.promotes(other, 'group');
    const { TestBot } = await import('../support/bot.js');
    const sent = await bot.upload('sendPhoto', { chat_id: String(groupId), photo: picture });
    const foreign = new TestBot(sandbox.url, other.data.token);
    const reuse = foreign.call('sendPhoto', { chat_id: groupId, photo: sent.photo!.at(-1)!.file_id });
    expect(await refusal(reuse)).toBe('400 Bad Request: wrong file identifier/HTTP URL specified');
    const file = foreign.call('getFile', { file_id: sent.photo!.at(-1)!.file_id });
    expect(await refusal(file)).toBe('400 Bad Request: wrong file_id or the file is temporarily unavailable');
  });

  test('cannot be sent as another kind than they are, or what is none', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'video' });
    await ann.sends({ kind: 'photo' });
    const [video, photo] = await bot.messages();
    const sendPhoto = (file: string) => refusal(bot.call('sendPhoto', { chat_id: ann.id, photo: file }));
    const sendDocument = (document: string) => bot.call('sendDocument', { chat_id: ann.id, document });
    expect(await sendPhoto(video!.video!.file_id)).toBe("400 Bad Request: can't use file of type Video as Photo");
    expect(await refusal(sendDocument(photo!.photo!.at(-1)!.file_id))).toBe(
      "400 Bad Request: can't use file of type Photo as Document",
    );
    expect(await sendDocument(video!.video!.file_id)).toHaveProperty('video');
    const wrong = '400 Bad Request: wrong remote file identifier specified:';
    expect(await sendPhoto('ab$c')).toBe(`${wrong} Wrong character in the string`);
    expect(await sendPhoto('abcde')).toBe(`${wrong} Wrong string length`);
    expect(await sendPhoto('abcdef')).toBe(`${wrong} can't unserialize it. Wrong last symbol`);
  });

  test.each(['sendPhoto', 'sendVideo', 'sendVoice', 'sendDocument'] as const)(
    '%s without a file is refused',
    async (method) => {
      const { bot, groupId } = await openOffice();
      const noun = method.slice('send'.length).toLowerCase();
      expect(await refusal(bot.call(method, { chat_id: groupId }))).toBe(
        `400 Bad Request: there is no ${noun} in the request`,
      );
    },
  );

  test('that are no pictures, empty, or too large are refused', async () => {
    const { bot, groupId } = await openOffice();
    const send = (bytes: Buffer) =>
      refusal(bot.upload('sendPhoto', { chat_id: String(groupId), photo: { ...picture, bytes } }));
    expect(await send(Buffer.from('no picture'))).toBe('400 Bad Request: IMAGE_PROCESS_FAILED');
    expect(await send(Buffer.alloc(0))).toBe('400 Bad Request: file must be non-empty');
    expect(await send(greyJpeg(2100, 100))).toBe('400 Bad Request: PHOTO_INVALID_DIMENSIONS');
    const large = Buffer.concat([greyJpeg(100, 100), Buffer.alloc(10 * MB)]);
    expect(await send(large)).toBe(
      `400 Bad Request: file of size ${large.length} bytes is too big for a photo; the maximum size is 10485760 bytes`,
    );
  });

  test('that are GIFs become animations, which also stand as documents', async () => {
    const { bot, groupId } = await openOffice();
    const document = { bytes: Buffer.from('GIF89a'), name: 'a.gif', type: 'image/gif' };
    const sent = await bot.upload('sendDocument', { chat_id: String(groupId), document });
    expect(sent.animation?.file_id).toBeDefined();
    expect(sent.document?.file_id).toBe(sent.animation?.file_id);
  });

  test.each<[Composition['kind'], string]>([
    ['photo', 'photo'],
    ['video', 'video'],
    ['animation', 'animation'],
    ['audio', 'audio'],
    ['voice', 'voice'],
    ['video_note', 'video_note'],
    ['document', 'document'],
    ['sticker', 'sticker'],
  ])('a %s of a person has bytes to download', async (kind, member) => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind } as Composition);
    const [message] = await bot.messages();
    const value = (
      message as unknown as Record<
        string,
        { file_id: string; file_size: number } | { file_id: string; file_size: number }[]
      >
    )[member]!;
    const { file_id, file_size } = Array.isArray(value) ? value.at(-1)! : value;
    const { file_path } = await bot.call('getFile', { file_id });
    const download = await fetch(`${sandbox.url}/file/bot${bot.token}/${file_path}`);
    expect((await download.arrayBuffer()).byteLength).toBe(file_size);
  });

  test('profile photos can be asked for, of people the bot has seen', async () => {
    const { bot, control } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.addsPhoto();
    expect(await refusal(bot.call('getUserProfilePhotos', { user_id: ann.id }))).toBe(
      '400 Bad Request: user not found',
    );
    await ann.writes('hello');
    const photos = await bot.call('getUserProfilePhotos', { user_id: ann.id });
    expect(photos).toMatchObject({ total_count: 1 });
    expect(await bot.call('getFile', { file_id: photos.photos[0]!.at(-1)!.file_id })).toHaveProperty('file_path');
  });
});

describe('19. files by URL', () => {
  let server: Server;
  let root: string;

  beforeAll(async () => {
    server = createServer((request, response) => {
      if (request.url === '/me.jpg') response.setHeader('content-type', 'image/jpeg').end(picture.bytes);
      else if (request.url === '/page.html') response.setHeader('content-type', 'text/html').end('<p>hi</p>');
      else response.writeHead(404).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });

  afterAll(() => new Promise((resolve) => server.close(resolve)));

  test('are fetched by Telegram, or refused when they cannot be', async () => {
    const { bot, groupId } = await openOffice();
    const send = (photo: string) => bot.call('sendPhoto', { chat_id: groupId, photo });
    expect((await send(`${root}/me.jpg`)).photo?.at(-1)).toMatchObject({ width: 1000, height: 500 });
    expect(await refusal(send(`${root}/none.jpg`))).toBe('400 Bad Request: failed to get HTTP URL content');
    expect(await refusal(send(`${root}/page.html`))).toBe('400 Bad Request: wrong type of the web page content');
  });
});
