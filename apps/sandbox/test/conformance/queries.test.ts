import type { Person } from '../../src/control/client.js';
import { openOffice, refusal, type Office } from '../support/office.js';

const TOO_OLD = '400 Bad Request: query is too old and response timeout expired or query ID is invalid';
const article = (id: string, text = `text ${id}`, more: Record<string, unknown> = {}) => ({
  type: 'article',
  id,
  title: `title ${id}`,
  input_message_content: { message_text: text },
  ...more,
});

/** Lets somebody type, and answers as soon as the bot hears of it. */
async function offer({ bot }: Office, { by, text }: { by: Person; text: string }, answer: Record<string, unknown>) {
  const offered = by.types(text);
  const [update] = await bot.news({ timeout: 5 });
  await bot.call('answerInlineQuery', { inline_query_id: update!.inline_query!.id, ...answer });
  return offered;
}

describe('24. inline mode', () => {
  test('asks the bot who typed what, and in which kind of chat, but not in which', async () => {
    const { bot, control, groupId, sandbox } = await openOffice();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    await bot.news();
    const asked = maria.types('@support_desk_bot refund please', { in: groupId });
    const [update] = await bot.news({ timeout: 5 });
    expect(update?.inline_query).toEqual({
      id: update!.inline_query!.id,
      from: { id: maria.id, is_bot: false, first_name: 'Maria' },
      chat_type: 'supergroup',
      query: 'refund please',
      offset: '',
    });
    sandbox.clock.advance(16_000);
    expect(await asked).toMatchObject({ answered: false, results: [] });
  });

  test('takes no answer after its time', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const asked = ann.types('@bot x');
    const [update] = await bot.news({ timeout: 5 });
    const answer = { inline_query_id: update!.inline_query!.id, results: [] };
    sandbox.clock.advance(16_000);
    await asked;
    expect(await refusal(bot.call('answerInlineQuery', answer))).toBe(TOO_OLD);
    expect(await refusal(bot.call('answerInlineQuery', { ...answer, inline_query_id: '123' }))).toBe(TOO_OLD);
  });

  test('forgets a query that the bot did not fetch for 30 seconds', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const asked = ann.types('@bot x');
    await control.until('the query waits', async () => (await control.updates()).length > 0);
    sandbox.clock.advance(31_000);
    await asked;
    expect(await bot.news()).toEqual([]);
  });

  test('is off until BotFather turns it on', async () => {
    const { bot, control } = await openOffice();
    await (await control.bot()).sets({ isInline: false });
    expect((await bot.call('getMe')).supports_inline_queries).toBe(false);
    const ann = await control.addPerson({ firstName: 'Ann' });
    expect(await ann.types('@bot x')).toMatchObject({ answered: false });
    expect(await bot.news()).toEqual([]);
  });

  test('keeps answers for everybody, unless they are personal, and for no longer than they say', async () => {
    const office = await openOffice();
    const { control, bot, sandbox } = office;
    const ann = await control.addPerson({ firstName: 'Ann' });
    const ben = await control.addPerson({ firstName: 'Ben' });
    await offer(office, { by: ann, text: '@bot shared' }, { results: [article('1')] });
    expect((await ben.types('@bot shared')).results).toHaveLength(1);
    await offer(office, { by: ann, text: '@bot own' }, { results: [article('1')], is_personal: true });
    expect((await ann.types('@bot own')).results).toHaveLength(1);
    const again = await offer(office, { by: ben, text: '@bot own' }, { results: [], is_personal: true });
    expect(again.results).toHaveLength(0);
    sandbox.clock.advance(301_000);
    const fresh = await offer(
      office,
      { by: ann, text: '@bot shared' },
      { results: [article('1'), article('2')], cache_time: 0 },
    );
    expect(fresh.results).toHaveLength(2);
    expect(
      (await offer(office, { by: ann, text: '@bot shared' }, { results: [], cache_time: 0 })).results,
    ).toHaveLength(0);
    expect(await bot.news()).toEqual([]);
  });

  test('offers 50 results at most, and more by next_offset', async () => {
    const office = await openOffice();
    const { bot, control, sandbox } = office;
    const ann = await control.addPerson({ firstName: 'Ann' });
    const many = Array.from({ length: 51 }, (_, index) => article(String(index)));
    const asked = ann.types('@bot x');
    const [update] = await bot.news({ timeout: 5 });
    const answer = (params: Record<string, unknown>) =>
      bot.call('answerInlineQuery', { inline_query_id: update!.inline_query!.id, ...params });
    expect(await refusal(answer({ results: many }))).toBe('400 Bad Request: too many inline query results specified');
    expect(await refusal(answer({ results: [article('1'), article('1')] }))).toBe(
      '400 Bad Request: RESULT_ID_DUPLICATE',
    );
    expect(await refusal(answer({ results: [article('')] }))).toBe('400 Bad Request: RESULT_ID_INVALID');
    expect(await refusal(answer({ results: [article('1', '')] }))).toBe(
      "400 Bad Request: can't parse inline query result: Input message content is not specified",
    );
    expect(await refusal(answer({ results: '[' }))).toMatch(
      "400 Bad Request: can't parse JSON encoded inline query results",
    );
    expect(await refusal(answer({ results: {} }))).toBe('400 Bad Request: expected an Array of inline query results');
    await answer({ results: many.slice(0, 50), next_offset: '50' });
    expect(await asked).toMatchObject({ nextOffset: '50' });
    const more = ann.types('@bot x', { offset: '50' });
    const [next] = await bot.news({ timeout: 5 });
    expect(next?.inline_query?.offset).toBe('50');
    sandbox.clock.advance(16_000);
    await more;
  });

  test('refuses a whole answer for broken entities in one result', async () => {
    const { bot, control, sandbox } = await openOffice();
    const ann = await control.addPerson({ firstName: 'Ann' });
    const asked = ann.types('@bot x');
    const [update] = await bot.news({ timeout: 5 });
    const broken = { ...article('2'), input_message_content: { message_text: '<b>x', parse_mode: 'HTML' } };
    const answer = { inline_query_id: update!.inline_query!.id, results: [article('1'), broken] };
    expect(await refusal(bot.call('answerInlineQuery', answer))).toMatch("can't parse entities");
    sandbox.clock.advance(16_000);
    expect((await asked).answered).toBe(false);
  });

  test('shows a button above the results', async () => {
    const office = await openOffice();
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    const offered = await offer(
      office,
      { by: ann, text: '@bot x' },
      {
        results: [],
        button: { text: 'Only for staff', start_parameter: 'staff' },
      },
    );
    expect(offered.button).toEqual({ text: 'Only for staff', startParameter: 'staff' });
  });

  test('tells which result was chosen only when BotFather gives feedback', async () => {
    const office = await openOffice();
    const { bot, control } = office;
    const ann = await control.addPerson({ firstName: 'Ann' });
    const reply_markup = { inline_keyboard: [[{ text: 'b', callback_data: 'b' }]] };
    const results = [article('1'), article('2', 'with a button', { reply_markup })];
    const offered = await offer(office, { by: ann, text: '@bot x' }, { results });
    await ann.picks(offered.results[0]!);
    await ann.picks(offered.results[1]!);
    const updates = await bot.news();
    expect(updates.map((update) => Object.keys(update)[1])).toEqual([
      'message',
      'chosen_inline_result',
      'message',
      'chosen_inline_result',
    ]);
    expect(updates[1]?.chosen_inline_result).toMatchObject({ result_id: '1', query: 'x', from: { id: ann.id } });
    expect(updates[1]?.chosen_inline_result).not.toHaveProperty('inline_message_id');
    const inline_message_id = updates[3]?.chosen_inline_result?.inline_message_id;
    expect(inline_message_id).toBeDefined();
    expect(await bot.call('editMessageText', { inline_message_id, text: 'changed' })).toBe(true);
    expect((await ann.sees()).at(-1)).toMatchObject({ text: 'changed', viaBot: 'support_desk_bot' });
    const unknown = bot.call('editMessageText', { inline_message_id: 'x', text: 'changed' });
    expect(await refusal(unknown)).toBe('400 Bad Request: MESSAGE_ID_INVALID');
    expect((await bot.news()).map((update) => Object.keys(update)[1])).toEqual(['edited_message']);
    await (await control.bot()).sets({ hasInlineFeedback: false });
    await ann.picks(offered.results[0]!);
    expect((await bot.news()).map((update) => Object.keys(update)[1])).toEqual(['message']);
  });

  test('sends files that the bot has, by their ids', async () => {
    const office = await openOffice();
    const { bot, control } = office;
    const ann = await control.addPerson({ firstName: 'Ann' });
    await ann.sends({ kind: 'photo' });
    await ann.sends({ kind: 'document' });
    const [photo, document] = await bot.messages();
    const results = [
      {
        type: 'photo',
        id: '1',
        photo_file_id: photo!.photo!.at(-1)!.file_id,
        caption: '<i>me</i>',
        parse_mode: 'HTML',
      },
      { type: 'document', id: '2', title: 'Letter', document_file_id: document!.document!.file_id },
      { type: 'venue', id: '3', latitude: 1, longitude: 2, title: 'Home', address: 'Street 1' },
      { type: 'contact', id: '4', phone_number: '+1', first_name: 'Bob' },
    ];
    const offered = await offer(office, { by: ann, text: '@bot x' }, { results });
    for (const result of offered.results) await ann.picks(result);
    const messages = (await bot.news()).flatMap(({ message }) => message ?? []);
    expect(messages[0]).toMatchObject({
      caption: 'me',
      caption_entities: [{ type: 'italic' }],
      via_bot: { id: bot.id },
    });
    expect(messages[0]!.photo).toEqual(photo!.photo);
    expect(messages[1]!.document).toEqual(document!.document);
    expect(messages[2]).toMatchObject({ venue: { title: 'Home' }, location: { latitude: 1 } });
    expect(messages[3]).toMatchObject({ contact: { first_name: 'Bob' } });
  });
});

describe('25. buttons', () => {
  /** A message with buttons in Ann's chat. */
  async function openButtons() {
    const office = await openOffice();
    const ann = await office.control.addPerson({ firstName: 'Ann' });
    await ann.starts();
    const reply_markup = {
      inline_keyboard: [
        [
          { text: 'Yes', callback_data: 'yes' },
          { text: 'Site', url: 'https://example.com' },
        ],
        [
          { text: 'Search', switch_inline_query_current_chat: 'find' },
          { text: 'Copy', copy_text: { text: 'code' } },
        ],
      ],
    };
    const message = await office.bot.call('sendMessage', { chat_id: ann.id, text: 'Sure?', reply_markup });
    await office.bot.news();
    return { ...office, ann, ref: { chatId: ann.id, messageId: message.message_id }, message };
  }

  test('that are pressed ask the bot, whose answer the person sees', async () => {
    const { bot, ann, ref, message } = await openButtons();
    const pressed = ann.presses(ref, 'Yes');
    const [update] = await bot.news({ timeout: 5 });
    expect(update?.callback_query).toMatchObject({
      from: { id: ann.id },
      data: 'yes',
      message: { message_id: message.message_id, text: 'Sure?', chat: { type: 'private' } },
    });
    const callback_query_id = update!.callback_query!.id;
    await bot.call('answerCallbackQuery', { callback_query_id, text: 'Done', show_alert: true });
    expect(await pressed).toEqual({ kind: 'answered', text: 'Done', showAlert: true });
    expect(await refusal(bot.call('answerCallbackQuery', { callback_query_id }))).toBe(TOO_OLD);
  });

  test('can be answered for 15 seconds', async () => {
    const { bot, ann, ref, sandbox } = await openButtons();
    const pressed = ann.presses(ref, 'Yes');
    const [update] = await bot.news({ timeout: 5 });
    sandbox.clock.advance(16_000);
    expect(await pressed).toEqual({ kind: 'unanswered' });
    const late = bot.call('answerCallbackQuery', { callback_query_id: update!.callback_query!.id });
    expect(await refusal(late)).toBe(TOO_OLD);
  });

  test('on a post come from the channel, on a comment from the group', async () => {
    const { bot, control, channelId, groupId, sandbox } = await openButtons();
    const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
    const reply_markup = { inline_keyboard: [[{ text: 'Take', callback_data: 'take' }]] };
    const post = await bot.call('sendMessage', { chat_id: channelId, text: 'post', reply_markup });
    const comment = await bot.call('sendMessage', { chat_id: groupId, text: 'x', reply_markup });
    await bot.news();
    const presses = [
      maria.presses({ chatId: channelId, messageId: post.message_id }, 'Take'),
      maria.presses({ chatId: groupId, messageId: comment.message_id }, 'Take'),
    ];
    await control.until(
      'both are asked',
      async () =>
        (await control.updates()).filter(({ event }) => event['updateKind'] === 'callback_query').length === 2,
    );
    const types = (await bot.news()).map(({ callback_query }) => callback_query!.message!.chat.type);
    expect(types.toSorted()).toEqual(['channel', 'supergroup']);
    sandbox.clock.advance(16_000);
    await Promise.all(presses);
  });

  test('of a message that is gone name it with date 0', async () => {
    const { bot, ann, ref, sandbox } = await openButtons();
    await ann.deletes(ref);
    const pressed = ann.pressesData(ref, 'yes');
    const [update] = await bot.news({ timeout: 5 });
    expect(update?.callback_query?.message).toEqual({
      message_id: ref.messageId,
      chat: { id: ann.id, first_name: 'Ann', type: 'private' },
      date: 0,
    });
    sandbox.clock.advance(16_000);
    await pressed;
  });

  test('that lead elsewhere do so without the bot', async () => {
    const { bot, ann, ref } = await openButtons();
    expect(await ann.presses(ref, 'Site')).toEqual({ kind: 'opens', url: 'https://example.com' });
    expect(await ann.presses(ref, 'Search')).toEqual({ kind: 'types', query: 'find' });
    expect(await ann.presses(ref, 'Copy')).toEqual({ kind: 'copies', text: 'code' });
    await expect(ann.presses(ref, 'No')).rejects.toThrow('there is no button "No"');
    expect(await bot.news()).toEqual([]);
  });
});

test('the right answer of a quiz is told where it was sent to the bot, elsewhere only once it is closed', async () => {
  const { bot, control } = await openOffice();
  const maria = await control.addPerson({ firstName: 'Maria', staff: 'member' });
  await bot.news();
  const quiz = { kind: 'poll', question: '1+1', options: ['2', '3'], correctOption: 0 } as const;
  await maria.sends({ ...quiz, options: [...quiz.options] });
  await maria.writesInGroup({ ...quiz, options: [...quiz.options] });
  const [inPrivate, inGroup] = await bot.messages();
  expect(inPrivate?.poll?.correct_option_ids).toEqual([0]);
  expect(inGroup?.poll).not.toHaveProperty('correct_option_ids');
});

test('polls of the bot tell it of votes, and end', async () => {
  const { bot, control, sandbox } = await openOffice();
  const ann = await control.addPerson({ firstName: 'Ann' });
  await ann.starts();
  await bot.news();
  const options = [{ text: 'yes' }, { text: 'no' }];
  const poll = { chat_id: ann.id, question: 'Tea?', options, is_anonymous: false };
  const sent = await bot.call('sendPoll', poll);
  const ref = { chatId: ann.id, messageId: sent.message_id };
  await ann.votes(ref, 1);
  const [count, answer] = await bot.news();
  expect(count?.poll).toMatchObject({ id: sent.poll!.id, total_voter_count: 1, is_closed: false });
  expect(answer?.poll_answer).toMatchObject({ user: { id: ann.id }, option_ids: [1] });
  const stopped = await bot.call('stopPoll', { chat_id: ann.id, message_id: sent.message_id });
  expect(stopped).toMatchObject({ is_closed: true, options: [{ voter_count: 0 }, { voter_count: 1 }] });
  await expect(ann.votes(ref, 0)).rejects.toThrow('the poll is closed');
  expect(await refusal(bot.call('stopPoll', { chat_id: ann.id, message_id: sent.message_id }))).toBe(
    '400 Bad Request: poll has already been closed',
  );
  const short = await bot.call('sendPoll', { ...poll, open_period: 60 });
  await bot.news();
  sandbox.clock.advance(61_000);
  expect((await bot.news())[0]?.poll).toMatchObject({ id: short.poll!.id, is_closed: true });
});
