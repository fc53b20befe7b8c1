import { alertText, dismiss, notes } from '../state/act.js';
import { t } from '../text/index.js';
import { Dialog } from './Dialog.js';
import { Icon } from './Icon.js';

/** Short words about what was done or refused, and what a bot shows as an alert. */
export function Notes() {
  const close = (): void => {
    alertText.value = undefined;
  };
  return (
    <>
      <div class="notes" role="status" aria-live="polite">
        {notes.value.map(({ id, text, kind }) => (
          <div key={id} class={`note note-${kind}`}>
            <span>{text}</span>
            <button type="button" class="icon-button" aria-label={t('drawer_close')} onClick={() => dismiss(id)}>
              <Icon name="close" />
            </button>
          </div>
        ))}
      </div>
      {alertText.value !== undefined && (
        <Dialog title={t('bot')} onClose={close}>
          <p>{alertText.value}</p>
          <div class="dialog-actions">
            <button type="button" class="button" onClick={close}>
              {t('alert_close')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  );
}
