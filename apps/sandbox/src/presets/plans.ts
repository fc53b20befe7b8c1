import type { Fault } from '../faults.js';

/** Milliseconds that a preset lasts. */
export const PRESET_MS = 120_000;

/** From 0 up to, but not including, 1. */
type Random = () => number;

/** A message that a customer of the crowd will write. */
export interface Arrival {
  /** Milliseconds after the start. */
  readonly atMs: number;
  /** Which customer of the crowd, beginning at 0. */
  readonly customer: number;
  readonly text: string;
}

/** A fault that the next call will meet. */
export interface Hitch {
  readonly atMs: number;
  readonly fault: Fault;
}

export interface Newcomer {
  readonly firstName: string;
  readonly lastName: string;
  readonly languageCode: string;
}

/** Twenty customers who write at once. */
export const CROWD: readonly Newcomer[] = [
  { firstName: 'Amara', lastName: 'Okafor', languageCode: 'en' },
  { firstName: 'Beatriz', lastName: 'Costa', languageCode: 'pt' },
  { firstName: 'Chen', lastName: 'Wei', languageCode: 'en' },
  { firstName: 'Dana', lastName: 'Levi', languageCode: 'en' },
  { firstName: 'Elif', lastName: 'Demir', languageCode: 'en' },
  { firstName: 'Felipe', lastName: 'Rocha', languageCode: 'pt' },
  { firstName: 'Greta', lastName: 'Lund', languageCode: 'en' },
  { firstName: 'Hugo', lastName: 'Martins', languageCode: 'pt' },
  { firstName: 'Ines', lastName: 'Moreau', languageCode: 'en' },
  { firstName: 'Jonas', lastName: 'Weber', languageCode: 'en' },
  { firstName: 'Kemal', lastName: 'Aydin', languageCode: 'en' },
  { firstName: 'Luisa', lastName: 'Prado', languageCode: 'pt' },
  { firstName: 'Mei', lastName: 'Tanaka', languageCode: 'en' },
  { firstName: 'Nadia', lastName: 'Haddad', languageCode: 'en' },
  { firstName: 'Oscar', lastName: 'Nilsson', languageCode: 'en' },
  { firstName: 'Paula', lastName: 'Nunes', languageCode: 'pt' },
  { firstName: 'Quinn', lastName: 'Byrne', languageCode: 'en' },
  { firstName: 'Rosa', lastName: 'Marini', languageCode: 'en' },
  { firstName: 'Samir', lastName: 'Khan', languageCode: 'en' },
  { firstName: 'Tessa', lastName: 'Vos', languageCode: 'en' },
];

const WORDS: Readonly<Record<string, readonly string[]>> = {
  en: [
    'Hello! Is anybody there?',
    'My order has not arrived yet.',
    'Can I change the delivery address?',
    'The number is 4711.',
    'It says "delivered", but nothing is here.',
    'Do you ship on Saturdays?',
    'Thank you!',
    'One more question: can I pay by card?',
  ],
  pt: [
    'Bom dia! Alguém me pode ajudar?',
    'A minha encomenda ainda não chegou.',
    'Posso mudar a morada de entrega?',
    'O número é 4711.',
    'Diz "entregue", mas não está cá nada.',
    'Fazem entregas ao sábado?',
    'Obrigado!',
    'Mais uma pergunta: posso pagar com cartão?',
  ],
};

/** A busy morning: every customer of the crowd comes in the first minute and writes three to six messages. */
export function busyMorning(random: Random): Arrival[] {
  return CROWD.flatMap(({ languageCode }, customer) => {
    const comes = random() * (PRESET_MS / 2);
    const words = WORDS[languageCode] ?? [];
    const count = 3 + Math.floor(random() * 4);
    const later = Array.from({ length: count - 1 }, () => comes + random() * (PRESET_MS - comes));
    return [comes, ...later.sort((a, b) => a - b)].map((atMs, index) => ({
      atMs,
      customer,
      text: words[index] ?? '…',
    }));
  });
}

const HITCHES: readonly Fault[] = [
  { when: 'before', effect: { kind: 'error', code: 500, description: 'Internal Server Error' } },
  { when: 'before', effect: { kind: 'reset' } },
  { when: 'after', effect: { kind: 'reset' } },
  { when: 'before', effect: { kind: 'slow', ms: 2500 } },
  { when: 'after', effect: { kind: 'cut' } },
  { when: 'before', effect: { kind: 'html' } },
  { when: 'before', effect: { kind: 'too_many_requests', seconds: 2 } },
];

/** A flaky network: every two seconds or so the next call meets a fault of a kind chosen at random. */
export function flakyNetwork(random: Random): Hitch[] {
  const gaps = Array.from({ length: Math.floor(PRESET_MS / 2000) }, (_, n) => n * 2000 + random() * 1500);
  return gaps.map((atMs) => ({ atMs, fault: HITCHES[Math.floor(random() * HITCHES.length)] ?? never() }));
}

function never(): never {
  throw new RangeError('random() must be below 1');
}
