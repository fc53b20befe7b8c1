import { execFileSync } from 'node:child_process';
import { curlOf } from '../../page/src/drawer/curl.js';

test('a copied call says in a shell exactly what the bot said', () => {
  const params = { chat_id: '7', text: `it's $HOME "and" \`more\`\n@file;type=x` };
  const command = curlOf({ method: 'sendMessage', params, files: [] }, 'http://127.0.0.1:8081', '42:abc');
  const args = execFileSync('sh', ['-c', command.replace(/^curl/, `printf '%s\\0'`)])
    .toString()
    .split('\0');
  expect(args).toEqual([
    'http://127.0.0.1:8081/bot42:abc/sendMessage',
    '--form-string',
    'chat_id=7',
    '--form-string',
    `text=${params.text}`,
    '',
  ]);
});
