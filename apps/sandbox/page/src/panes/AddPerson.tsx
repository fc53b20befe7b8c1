import { useSignal } from '@preact/signals';
import { StaffRole } from '../../../src/control/protocol/people.js';
import { attempt } from '../state/act.js';
import { client } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';

const ROLES = ['member', 'administrator', 'anonymous_admin', 'channel_only', 'group_only'] as const;

export interface AddPersonProps {
  readonly side: 'customer' | 'team';
  readonly title: string;
  readonly onAdded: (id: number) => void;
  readonly onClose: () => void;
}

/** Lets a new person into the world. */
export function AddPerson({ side, title, onAdded, onClose }: AddPersonProps) {
  const names = { first: useSignal(''), last: useSignal(''), user: useSignal('') };
  const language = useSignal('en');
  const role = useSignal<StaffRole>('member');
  const add = async (): Promise<void> => {
    const isDone = await attempt(async () => {
      const person = await client.addPerson({
        firstName: names.first.value.trim(),
        ...optional('lastName', names.last.value),
        ...optional('username', names.user.value.replace(/^@/, '')),
        ...optional('languageCode', language.value),
        ...(side === 'team' ? { staff: role.value } : {}),
      });
      onAdded(person.id);
    });
    if (isDone) onClose();
  };
  return (
    <Dialog title={title} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void add();
        }}
      >
        <Field label={t('first_name')} value={names.first} isRequired />
        <Field label={t('last_name')} value={names.last} />
        <Field label={t('username')} value={names.user} />
        <Field label={t('person_language')} value={language} />
        {side === 'team' && (
          <label class="field">
            <span>{t('role')}</span>
            <select
              value={role.value}
              onChange={({ currentTarget }) => {
                role.value = StaffRole.parse(currentTarget.value);
              }}
            >
              {ROLES.map((name) => (
                <option key={name} value={name}>
                  {t(`role_choice_${name}`)}
                </option>
              ))}
            </select>
          </label>
        )}
        <div class="dialog-actions">
          <button type="submit" class="button" disabled={names.first.value.trim() === ''}>
            {t('add')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** A member of that name, unless nothing was typed. */
function optional<K extends string>(key: K, typed: string): { [name in K]?: string };
function optional(key: string, typed: string): Record<string, string> {
  return typed.trim() === '' ? {} : { [key]: typed.trim() };
}
