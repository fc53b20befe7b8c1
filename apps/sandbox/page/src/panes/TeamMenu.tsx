import { useSignal } from '@preact/signals';
import type { Person, RosterEntry } from '../../../src/control/client.js';
import { act, attempt } from '../state/act.js';
import { client } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Menu, type MenuItem } from '../ui/Menu.js';
import { Profile } from './Profile.js';

/** What an agent can do about being an agent, and what the owner can do to them. */
export function TeamMenu({ viewer }: { readonly viewer: RosterEntry }) {
  const isEditing = useSignal(false);
  const items: MenuItem[] = [
    {
      label: t('profile'),
      icon: 'person',
      run: () => {
        isEditing.value = true;
      },
    },
    ...membershipItems(viewer),
  ];
  return (
    <>
      <Menu label={t('chat_menu')} items={items} />
      {isEditing.value && (
        <Profile
          person={viewer}
          onClose={() => {
            isEditing.value = false;
          }}
        />
      )}
    </>
  );
}

const IS_OUT: readonly RosterEntry['channel'][] = ['left', 'kicked'];

function membershipItems(viewer: RosterEntry): MenuItem[] {
  const { id, channel, group } = viewer;
  if (channel === 'creator') return [];
  const move = (place: 'channel' | 'group', status: RosterEntry['channel']): MenuItem =>
    IS_OUT.includes(status)
      ? { label: t(`join_${place}`), icon: 'add', run: () => void act(id, (person) => person.joins(place)) }
      : { label: t(`leave_${place}`), icon: 'close', run: () => void act(id, (person) => person.leaves(place)) };
  const isBanned = channel === 'kicked' || group === 'kicked';
  const isOut = IS_OUT.includes(channel) && IS_OUT.includes(group);
  if (isBanned)
    return [
      { label: t('let_back'), icon: 'add', run: () => void byOwner((owner, place) => owner.adds(viewer, place)) },
    ];
  const removal: MenuItem = {
    label: t('removed'),
    icon: 'stop',
    isDangerous: true,
    run: () => void byOwner((owner, place) => owner.lets(viewer, place, { as: 'banned' })),
  };
  return [move('channel', channel), move('group', group), ...(isOut ? [] : [removal])];
}

/** Has the owner do something in the channel and in its group. */
function byOwner(work: (owner: Person, place: 'channel' | 'group') => Promise<void>): Promise<boolean> {
  return attempt(async () => {
    const owner = await client.owner();
    await work(owner, 'channel');
    await work(owner, 'group');
  });
}
