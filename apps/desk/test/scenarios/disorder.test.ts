import { conversation, thread } from '../support/cast.js';
import { openOffice } from '../support/office.js';

test('what comes in one answer of Telegram in the wrong order is shown in the order in which it was written', async () => {
  const office = await openOffice();
  const { ann, maria, post } = await conversation(office);
  await office.desk.stop();
  await (await office.control.bot()).disturbs({ swap: 1 });
  await ann.writes('One');
  await ann.writes('Two');
  await office.restart();
  const comments = await office.control.until('both are shown', async () => {
    const shown = await thread(maria, post);
    return shown.length === 2 && shown;
  });
  expect(comments).toEqual(['One', 'Two']);
});
