import { useSignal } from '@preact/signals';
import type { RosterEntry } from '../../../src/control/client.js';
import { act } from '../state/act.js';
import { overview } from '../state/sandbox.js';
import { t } from '../text/index.js';
import { Dialog } from '../ui/Dialog.js';
import { Field } from '../ui/Field.js';

export interface PersonDialogProps {
  readonly viewer: RosterEntry;
  readonly onClose: () => void;
}

/** Opens the bot as a link on a web page would: t.me/bot?start=payload. */
export function DeepLink({ viewer, onClose }: PersonDialogProps) {
  const payload = useSignal('');
  const open = async (): Promise<void> => {
    if (await act(viewer.id, (person) => person.starts(payload.value.trim()))) onClose();
  };
  return (
    <Dialog title={t('deep_link_title')} onClose={onClose}>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <Field label={t('deep_link_field')} value={payload} />
        <code class="link-preview">
          https://t.me/{overview.value?.bot.username}?start={payload}
        </code>
        <div class="dialog-actions">
          <button type="submit" class="button">
            {t('open')}
          </button>
        </div>
      </form>
    </Dialog>
  );
}
