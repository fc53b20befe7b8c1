import type { Author, Conversation, History, Said, Shown } from '../history.js';

/** One place where a message is shown to the other side. */
export interface Showing {
  readonly shown: Shown;
  readonly version: number;
  /** Counts up on that side; several wordings in one message count one after the other. */
  readonly position: number;
  readonly isPost: boolean;
}

/** Where every message is shown, in order, by its token. What is nowhere else is where it was until it was deleted. */
export function findShowings(history: History): Map<number, Showing[]> {
  const found = new Map<number, Showing[]>();
  const said = new Map(history.said.map((one) => [one.token, one]));
  const note = (one: Said, showing: Showing): void => {
    found.set(one.token, [...(found.get(one.token) ?? []), showing]);
  };
  for (const conversation of history.conversations) {
    for (const by of ['customer', 'agent'] as const) {
      let position = 0;
      for (const { shown, isPost } of sideOf(conversation, by)) {
        for (const { token, version } of shown.wordings) {
          const one = said.get(token);
          if (one?.by !== by || one.customer !== conversation.customer || (isPost && !one.fitsInPost)) continue;
          position += 1;
          note(one, { shown, version, position, isPost });
        }
      }
    }
  }
  const shownNow = new Set(found.keys());
  for (const shown of history.conversations.flatMap(({ deleted }) => deleted)) {
    for (const { token, version } of shown.wordings) {
      const one = said.get(token);
      if (one?.fitsInPost === true && !shownNow.has(token)) note(one, { shown, version, position: 0, isPost: true });
    }
  }
  return found;
}

/** What the other side sees. A post carries a first message that is short; of any other it is no more than a sign. */
export function sideOf(
  { posts, comments, answers }: Conversation,
  by: Author,
): { readonly shown: Shown; readonly isPost: boolean }[] {
  const all = (list: readonly Shown[], isPost: boolean) => list.map((shown) => ({ shown, isPost }));
  return by === 'customer' ? [...all(posts, true), ...all(comments, false)] : all(answers, false);
}

/** How many messages it is that show it: wordings that one post had after each other are one. */
export function placesOf(showings: readonly Showing[]): string[] {
  const all = showings.map(({ shown }) => shown.place);
  return all.filter((place, index) => !showings[index]?.isPost || all.indexOf(place) === index);
}
