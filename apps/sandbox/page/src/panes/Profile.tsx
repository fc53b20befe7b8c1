import { useSignal } from '@preact/signals';
import type { RosterEntry } from '../../../src/control/client.js';
import { act } from '../state/act.js';
import { t } from '../text/index.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';

export interface ProfileProps {
  readonly person: RosterEntry;
  readonly onClose: () => void;
}

/** Changes somebody's names and language, as they would in their settings. */
export function Profile({ person, onClose }: ProfileProps) {
  const first = useSignal(person.firstName);
  const last = useSignal(person.lastName ?? '');
  const user = useSignal(person.username ?? '');
  const language = useSignal(person.languageCode ?? '');
  const orNull = (typed: string): string | null => (typed.trim() === '' ? null : typed.trim());
  const save = async (): Promise<void> => {
    const isDone = await act(person.id, (who) =>
      who.changesProfile({
        firstName: first.value.trim(),
        lastName: orNull(last.value),
        username: orNull(user.value.replace(/^@/, '')),
        languageCode: language.value.trim(),
      }),
    );
    if (isDone) onClose();
  };
  return (
    <Dialog title={t('profile_title')} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        <Field label={t('first_name')} value={first} isRequired />
        <Field label={t('last_name')} value={last} />
        <Field label={t('username')} value={user} />
        <Field label={t('person_language')} value={language} />
        <div class="dialog-actions">
          <button type="submit" class="button" disabled={first.value.trim() === ''}>
            {t('save')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
