import { agentId, customerId, isConnected, isGroupShown, state } from './state/sandbox.js';
import { isBotListening } from './state/journal.js';
import { isDrawerOpen, isGuideShown, language, nextTheme, type Tab, tab, theme } from './state/settings.js';
import { channelUnread, customers, markRead, team, unreadOf } from './state/sides.js';
import { Drawer } from './drawer/Drawer.js';
import { ChannelPane } from './panes/ChannelPane.js';
import { CustomerPane } from './panes/CustomerPane.js';
import { customerState, roleName } from './panes/people.js';
import { PeopleStrip } from './panes/PeopleStrip.js';
import { ThreadPane } from './panes/ThreadPane.js';
import { t, tCount } from './text/index.js';
import { Icon, type IconName } from './ui/Icon.js';
import { Notes } from './ui/Notes.js';

/** The page: a head, two sides with three panes, and what Telegram hides below. */
export function App() {
  return (
    <div class={`page tab-${tab.value}`}>
      <Head />
      {isGuideShown.value && <Guide />}
      <main class="sides">
        <div class="side side-customer">
          <PeopleStrip
            label={t('customers')}
            people={customers.value}
            chosenId={customerId.value}
            onChoose={(id) => {
              customerId.value = id;
            }}
            wordFor={customerState}
            unreadOf={unreadOf}
            addLabel={t('add_customer')}
            side="customer"
          />
          <CustomerPane />
        </div>
        <div class="side side-team">
          <PeopleStrip
            label={t('team')}
            people={team.value}
            chosenId={agentId.value}
            onChoose={chooseAgent}
            wordFor={roleName}
            addLabel={t('add_member')}
            side="team"
          />
          <div class="team-panes">
            <ChannelPane />
            <ThreadPane />
          </div>
        </div>
      </main>
      <Tabs />
      <Drawer />
      <Notes />
    </div>
  );
}

/** Who is in the group only sees no posts: the group is what there is to look at. */
function chooseAgent(id: number): void {
  agentId.value = id;
  const person = team.value.find((member) => member.id === id);
  isGroupShown.value = person !== undefined && person.channel === 'left' && person.group !== 'left';
}

function Head() {
  const [tone, words] = statusOf();
  return (
    <header class="head">
      <Icon name="comments" />
      <h1>{t('title')}</h1>
      <span class={`status status-${tone}`} role="status">
        <span class="dot" aria-hidden="true" />
        <span class="status-words">{words}</span>
      </span>
      <div class="head-tools">
        <button
          type="button"
          class="icon-button with-words"
          aria-label={`${t('language')}: ${language.value.toUpperCase()}`}
          title={t('language')}
          onClick={() => {
            language.value = language.value === 'en' ? 'pt' : 'en';
          }}
        >
          <Icon name="language" />
          <span>{language.value.toUpperCase()}</span>
        </button>
        <button
          type="button"
          class="icon-button"
          aria-label={t(`theme_${theme.value}`)}
          title={t(`theme_${theme.value}`)}
          onClick={nextTheme}
        >
          <Icon name="theme" />
        </button>
        <button
          type="button"
          class="button drawer-button"
          aria-expanded={isDrawerOpen.value}
          aria-label={t('drawer')}
          onClick={() => {
            isDrawerOpen.value = !isDrawerOpen.value;
          }}
        >
          <Icon name="drawer" />
          <span>{t('drawer')}</span>
        </button>
      </div>
    </header>
  );
}

function statusOf(): [string, string] {
  if (!isConnected.value) return ['bad', t('lost')];
  if (state.value !== undefined && state.value.network !== 'up') return ['bad', t('network_down')];
  const { preset, now } = state.value ?? {};
  if (preset !== undefined && now !== undefined) {
    const seconds = Math.max(0, Math.ceil((preset.endsAt - now) / 1000));
    return ['busy', `${t(preset.name)}: ${t('running', { seconds })}`];
  }
  return isBotListening.value ? ['good', t('listening')] : ['bad', t('silent')];
}

/** The way through the main flow, for who has not seen it yet. */
function Guide() {
  return (
    <aside class="guide" aria-label={t('guide_title')}>
      <ol>
        <li>{t('guide_1')}</li>
        <li>{t('guide_2')}</li>
        <li>{t('guide_3')}</li>
      </ol>
      <button
        type="button"
        class="icon-button"
        aria-label={t('guide_close')}
        title={t('guide_close')}
        onClick={() => {
          isGuideShown.value = false;
        }}
      >
        <Icon name="close" />
      </button>
    </aside>
  );
}

const TABS: readonly { readonly name: Tab; readonly icon: IconName }[] = [
  { name: 'customer', icon: 'phone' },
  { name: 'channel', icon: 'channel' },
  { name: 'thread', icon: 'comments' },
];

/** On a phone: one pane at a time. */
function Tabs() {
  const unread: Readonly<Record<Tab, number>> = {
    customer: customers.value.reduce((sum, person) => sum + unreadOf(person), 0),
    channel: channelUnread.value,
    thread: 0,
  };
  return (
    <nav class="phone-tabs" aria-label={t('title')}>
      {TABS.map(({ name, icon }) => (
        <button
          key={name}
          type="button"
          aria-current={tab.value === name ? 'page' : undefined}
          onClick={() => {
            tab.value = name;
            markRead();
          }}
        >
          <Icon name={icon} />
          {t(`tab_${name}`)}
          {unread[name] > 0 && (
            <span class="badge" aria-label={tCount('unread', unread[name])}>
              {unread[name]}
            </span>
          )}
        </button>
      ))}
    </nav>
  );
}
