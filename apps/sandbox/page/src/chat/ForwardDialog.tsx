import type { ShownMessage } from '../../../src/control/client.js';
import type { Destination } from '../../../src/control/protocol/shapes.js';
import { act } from '../state/act.js';
import { agent, customer, openPost, overview } from '../state/sandbox.js';
import { shownName } from '../panes/people.js';
import { t } from '../text/index.js';
import { Avatar } from '../ui/Avatar.js';
import { Dialog } from '../ui/Dialog.js';

interface Target {
  readonly label: string;
  readonly personId: number;
  readonly to: Destination;
}

export interface ForwardDialogProps {
  readonly messages: readonly ShownMessage[];
  readonly onClose: () => void;
}

/** Asks where to: whoever of the two sides forwards does it under their own name. */
export function ForwardDialog({ messages, onClose }: ForwardDialogProps) {
  const forward = ({ personId, to }: Target) => {
    onClose();
    void act(personId, (person) =>
      person.forwards(
        messages.map(({ ref }) => ref),
        { to },
      ),
    );
  };
  return (
    <Dialog title={t('forward_to')} onClose={onClose}>
      <div class="choices">
        {targets(messages).map((target) => (
          <button key={target.label} type="button" class="choice" onClick={() => forward(target)}>
            <Avatar id={target.personId} name={target.label} />
            {target.label}
          </button>
        ))}
      </div>
    </Dialog>
  );
}

function targets([first]: readonly ShownMessage[]): Target[] {
  const inPrivate = (first?.ref.chatId ?? 0) > 0;
  const who = inPrivate ? customer.value : agent.value;
  if (who === undefined) return [];
  const bot: Target = { label: `${t('forward_bot')} (${shownName(who)})`, personId: who.id, to: { kind: 'bot' } };
  const post = openPost.value;
  if (inPrivate) return [bot];
  const group: Target = {
    label: t('forward_group'),
    personId: who.id,
    to: { kind: 'chat', chatId: overview.value?.group.id ?? 0 },
  };
  if (post === undefined) return [group, bot];
  return [{ label: t('forward_thread'), personId: who.id, to: { kind: 'comments', post } }, group, bot];
}
