import { useSignal } from '@preact/signals';
import type { RosterEntry } from '../../../src/control/client.js';
import { tCount } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { Icon } from '../ui/Icon.js';
import { AddPerson } from './AddPerson.js';
import { shownName } from './people.js';

export interface PeopleStripProps {
  readonly label: string;
  readonly people: readonly RosterEntry[];
  readonly chosenId: number;
  readonly onChoose: (id: number) => void;
  /** A word below the name. */
  readonly wordFor: (person: RosterEntry) => string;
  readonly unreadOf?: (person: RosterEntry) => number;
  readonly addLabel: string;
  readonly side: 'customer' | 'team';
}

/** Who one is on this side: press another to become them. */
export function PeopleStrip(props: PeopleStripProps) {
  const { label, people, chosenId, onChoose, wordFor, unreadOf, addLabel, side } = props;
  const isAdding = useSignal(false);
  return (
    <div class="strip" role="group" aria-label={label}>
      <div class="strip-people">
        {people.map((person) => {
          const unread = unreadOf?.(person) ?? 0;
          return (
            <button
              key={person.id}
              type="button"
              class="chip"
              aria-pressed={person.id === chosenId}
              onClick={() => onChoose(person.id)}
            >
              <Avatar id={person.id} name={shownName(person)} />
              <span class="chip-words">
                <span class="chip-name">{shownName(person)}</span>
                <span class="chip-role">{wordFor(person)}</span>
              </span>
              {unread > 0 && (
                <span class="badge" aria-label={tCount('unread', unread)}>
                  {unread}
                </span>
              )}
            </button>
          );
        })}
      </div>
      <button
        type="button"
        class="icon-button strip-add"
        aria-label={addLabel}
        title={addLabel}
        onClick={() => {
          isAdding.value = true;
        }}
      >
        <Icon name="add" />
      </button>
      {isAdding.value && (
        <AddPerson
          side={side}
          title={addLabel}
          onAdded={onChoose}
          onClose={() => {
            isAdding.value = false;
          }}
        />
      )}
    </div>
  );
}
