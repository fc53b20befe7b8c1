import { startSandbox } from '../src/sandbox.js';

test('a world that is loaded again goes on counting: no number of a message, update or person is given twice', async () => {
  const sandbox = await startSandbox();
  const { control } = sandbox;
  try {
    const saved = await control.snapshot();
    const first = await control.addPerson({ firstName: 'Ann' });
    const before = await first.writes('before');
    await control.load(saved);
    const second = await control.addPerson({ firstName: 'Bob' });
    const after = await second.writes('after');
    expect(second.id).not.toBe(first.id);
    expect(after.messageId).toBeGreaterThan(before.messageId);
    const ids = (await control.updates()).flatMap(({ event }) => {
      const { added } = event as { added?: { update?: { update_id: number } } };
      return added?.update ? [added.update.update_id] : [];
    });
    expect(new Set(ids).size).toBe(ids.length);
  } finally {
    await sandbox.stop();
  }
});
