import type { Signal } from '@preact/signals';
import { useRef } from 'preact/hooks';
import type { Composition } from '../../../src/control/client.js';
import type { SendOptions } from '../../../src/control/client/person.js';
import type { Chat } from '../chat/context.js';
import { act, attempt } from '../state/act.js';
import { t } from '../text/index.js';
import { Menu, type MenuItem } from '../ui/Menu.js';
import { compositionOf } from './files.js';
import { samplePicture } from './samplePicture.js';

export interface AttachMenuProps {
  readonly chat: Chat;
  readonly files: Signal<readonly File[]>;
  readonly options: () => SendOptions;
}

/** Things to send besides words. */
export function AttachMenu({ chat, files, options }: AttachMenuProps) {
  const picker = useRef<HTMLInputElement>(null);
  const { viewer, intent } = chat;
  const done = (): void => {
    intent.value = { kind: 'write' };
  };
  const send = (content: Composition) => (): void => {
    void act(viewer.id, (person) => person.sends(content, options())).then(done);
  };
  const sendPictures = (count: number) => (): void => {
    void attempt(async () => {
      const pictures = await Promise.all(Array.from({ length: count }, (_, number) => samplePicture(number)));
      const items = await Promise.all(pictures.map((file) => compositionOf(file, { asFile: false })));
      const [only] = items;
      if (only === undefined) return;
      await act(viewer.id, (person) =>
        items.length > 1 ? person.sendsAlbum(items, options()) : person.sends(only, options()),
      );
      done();
    });
  };
  const { firstName, lastName, id: userId } = viewer;
  const contact: Composition = {
    kind: 'contact',
    phoneNumber: `+1 555 ${String(userId % 10_000_000).padStart(7, '0')}`,
    firstName,
    ...(lastName === undefined ? {} : { lastName }),
    userId,
  };
  const poll: Composition = { kind: 'poll', question: '🍰 / 🍎 ?', options: ['🍰', '🍎'] };
  const items: MenuItem[] = [
    { label: t('attach_files'), icon: 'file', run: () => picker.current?.click() },
    { label: t('attach_photo'), icon: 'photo', run: sendPictures(1) },
    { label: t('attach_album'), icon: 'copy', run: sendPictures(3) },
    { label: t('attach_voice'), icon: 'mic', run: send({ kind: 'voice' }) },
    { label: t('attach_sticker'), icon: 'smile', run: send({ kind: 'sticker' }) },
    { label: t('attach_contact'), icon: 'person', run: send(contact) },
    {
      label: t('attach_location'),
      icon: 'place',
      run: send({ kind: 'location', latitude: 38.7139, longitude: -9.1334 }),
    },
    { label: t('attach_poll'), icon: 'poll', run: send(poll) },
    { label: t('attach_dice'), icon: 'stop', run: send({ kind: 'dice' }) },
  ];
  return (
    <>
      <Menu class="attach" label={t('attach')} icon="attach" items={items} />
      <input
        ref={picker}
        type="file"
        multiple
        hidden
        tabIndex={-1}
        aria-label={t('attach_files')}
        onChange={({ currentTarget }) => {
          files.value = [...files.value, ...(currentTarget.files ?? [])];
          currentTarget.value = '';
        }}
      />
    </>
  );
}
