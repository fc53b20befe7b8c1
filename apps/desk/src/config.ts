import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { z } from 'zod';
import type { Limits, Rate } from './delivery/budget.js';
import { ConfigError, messageOf } from './errors.js';
import { ownAmongRelays, parseRelayTokens } from './relayTokens.js';
import { faultPoints, parseFault, type Fault } from './reached.js';
import { tokenShape } from './secrets.js';
import { languages } from './text/phrases.js';

/** All settings of the process, checked. */
export interface Config {
  readonly telegram: {
    readonly token: string;
    /** Further bots, which carry comments when the calls of the desk's own are used up. */
    readonly relayTokens: readonly string[];
    readonly apiRoot: string;
    readonly limits: Limits;
    /** Absent: the desk is told its channel by being made administrator of it. */
    readonly staffChannelId?: number;
    /** Absent: long polling. */
    readonly webhook?: { readonly url: URL; readonly secret: string };
  };
  readonly database:
    { readonly kind: 'postgres'; readonly url: string } | { readonly kind: 'embedded'; readonly dataDir: string };
  readonly port: number;
  /** What this process does of the work; several processes may share it. */
  readonly roles: ReadonlySet<Role>;
  /** After so many seconds of waiting the team is told of a delay; 0: never. */
  readonly delayAlertSeconds: number;
  readonly language: string;
  /** Who changes canned replies; deleting them is for admins in any case. */
  readonly cannedEditors: 'agents' | 'admins';
  readonly logLevel: string;
  /** Where a test wants this process to die. */
  readonly fault?: Fault;
}

const roles = ['intake', 'worker', 'sender'] as const;
/** `intake` takes updates in, `worker` handles them, `sender` makes the calls that show something. */
export type Role = (typeof roles)[number];

const defaultApiRoot = 'https://api.telegram.org';
const defaultLimits = 'group=20/60,private=1/1,global=30/1';

const settings = z.object({
  BOT_TOKEN: z
    .string({
      error: 'is not set. Get a token from @BotFather, or run `npm start` without one for the local sandbox.',
    })
    .regex(
      new RegExp(`^${tokenShape.source}$`),
      'is not a bot token. It looks like 123456789:AAF..., as @BotFather gives it.',
    ),
  RELAY_BOT_TOKENS: z.string().default('').transform(parseRelayTokens),
  TELEGRAM_API_ROOT: z
    .url({ protocol: /^https?$/, error: 'must be an http or https URL, such as http://localhost:8081.' })
    .optional(),
  STAFF_CHANNEL_ID: z
    .string()
    .regex(/^-100\d{1,13}$/, "must be a channel's numeric id, such as -1001234567890.")
    .transform(Number)
    .optional(),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/, error: 'must look like postgresql://user:password@host:5432/database.' })
    .optional(),
  DATA_DIR: z.string().default('./data'),
  WEBHOOK_URL: z
    .url({ protocol: /^https?$/, error: 'must be the URL at which Telegram reaches this process.' })
    .optional(),
  WEBHOOK_SECRET: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,256}$/, 'must be 1 to 256 of the characters A-Z a-z 0-9 _ -.')
    .optional(),
  PORT: z
    .string()
    .default('8080')
    .refine((port) => /^\d{1,5}$/.test(port) && Number(port) <= 65_535, 'must be a port number, 0 to 65535.')
    .transform(Number),
  ROLE: z.string().default('all').transform(parseRoles),
  DELAY_ALERT_SECONDS: z
    .string()
    .default('120')
    .refine((text) => /^\d{1,6}$/.test(text), 'must be a number of seconds; 0 switches the alert off.')
    .transform(Number),
  TELEGRAM_LIMITS: z.string().default(defaultLimits).transform(parseLimits),
  DESK_LANGUAGE: z.enum(languages, { error: `must be one of: ${languages.join(', ')}.` }).default('en'),
  CANNED_EDITORS: z.enum(['agents', 'admins'], { error: 'must be one of: agents, admins.' }).default('agents'),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'], {
      error: 'must be one of: trace, debug, info, warn, error, fatal, silent.',
    })
    .default('info'),
});

/** Secrets may stand in files: `NAME_FILE` names one, and the setting itself goes before it. */
const secretNames = ['BOT_TOKEN', 'RELAY_BOT_TOKENS', 'DATABASE_URL', 'WEBHOOK_SECRET'] as const;

/** Every setting that is read. */
export const settingNames: readonly string[] = [
  ...Object.keys(settings.shape),
  ...secretNames.map((name) => `${name}_FILE`),
];

type Values = Readonly<Record<string, string>>;

interface Problem {
  readonly setting: string;
  /** What is wrong and what to do; reads on from the setting's name. Never repeats the value, which may be a secret. */
  readonly message: string;
}

/** Reads the environment. Throws one ConfigError with every problem; each names its setting and says what to do. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const given = present(env);
  const secrets = readSecretFiles(given);
  const values = { ...given, ...secrets.values };
  const parsed = settings.safeParse(values);
  const issues = parsed.error?.issues ?? [];
  const problems: readonly Problem[] = [
    ...secrets.problems,
    ...issues.map(({ path, message }) => ({ setting: path.join('.'), message })),
    ...webhookProblems(values),
    ...relayProblems(values),
  ].filter(({ setting }) => !secrets.unread.has(setting));
  if (!parsed.success || problems.length > 0) {
    throw new ConfigError(problems.map(({ setting, message }) => `${setting} ${message}`));
  }
  return { ...toConfig(parsed.data), ...readFault(values) };
}

function toConfig(data: z.output<typeof settings>): Config {
  const { WEBHOOK_URL: url, WEBHOOK_SECRET: secret, STAFF_CHANNEL_ID: staffChannelId } = data;
  return {
    telegram: {
      token: data.BOT_TOKEN,
      relayTokens: data.RELAY_BOT_TOKENS,
      apiRoot: data.TELEGRAM_API_ROOT ?? defaultApiRoot,
      limits: data.TELEGRAM_LIMITS,
      ...(staffChannelId !== undefined && { staffChannelId }),
      ...(url !== undefined && secret !== undefined && { webhook: { url: new URL(url), secret } }),
    },
    database:
      data.DATABASE_URL === undefined
        ? { kind: 'embedded', dataDir: resolve(data.DATA_DIR) }
        : { kind: 'postgres', url: data.DATABASE_URL },
    port: data.PORT,
    roles: data.ROLE,
    delayAlertSeconds: data.DELAY_ALERT_SECONDS,
    language: data.DESK_LANGUAGE,
    cannedEditors: data.CANNED_EDITORS,
    logLevel: data.LOG_LEVEL,
  };
}

/** Only tests set it (docs/development.md), and in production it is not even looked at. */
function readFault({ FAULT_POINT: text, NODE_ENV: environment }: Values): { readonly fault?: Fault } {
  if (text === undefined || environment === 'production') return {};
  const fault = parseFault(text);
  if (!fault)
    throw new ConfigError([`FAULT_POINT must be one of ${faultPoints.join(', ')}, with or without \`:stop\`.`]);
  return { fault };
}

/** What is wrong between settings that are right by themselves. */
function webhookProblems({ WEBHOOK_URL: url, WEBHOOK_SECRET: secret, TELEGRAM_API_ROOT: apiRoot }: Values): Problem[] {
  const problems: Problem[] = [];
  if (url === undefined && secret !== undefined) {
    problems.push({
      setting: 'WEBHOOK_URL',
      message: 'is not set, but WEBHOOK_SECRET is. Set both for a webhook, neither for long polling.',
    });
  }
  if (url !== undefined && secret === undefined) {
    problems.push({
      setting: 'WEBHOOK_SECRET',
      message: 'is not set, but WEBHOOK_URL is. Choose a long random text; Telegram sends it with every update.',
    });
  }
  if (url?.startsWith('http:') === true && apiRoot === undefined) {
    problems.push({
      setting: 'WEBHOOK_URL',
      message: 'must begin with https://. Plain http:// is only for a Bot API server of your own (TELEGRAM_API_ROOT).',
    });
  }
  return problems;
}

function relayProblems({ BOT_TOKEN: own, RELAY_BOT_TOKENS: relays }: Values): Problem[] {
  const message = ownAmongRelays(own, relays);
  return message === undefined ? [] : [{ setting: 'RELAY_BOT_TOKENS', message }];
}

/** The process's own environment; a `.env` file in the working directory adds what is not set there. */
export function environment(): NodeJS.ProcessEnv {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return process.env;
}

/** Settings that are not empty. */
function present(env: Readonly<Record<string, string | undefined>>): Values {
  const values: Record<string, string> = {};
  for (const [name, value = ''] of Object.entries(env)) if (value.trim() !== '') values[name] = value.trim();
  return values;
}

/** The secrets that stand in files. */
function readSecretFiles(given: Values): { values: Values; problems: Problem[]; unread: ReadonlySet<string> } {
  const values: Record<string, string> = {};
  const problems: Problem[] = [];
  const unread = new Set<string>();
  for (const name of secretNames) {
    const setting = `${name}_FILE`;
    const file = given[setting];
    if (file === undefined || given[name] !== undefined) continue;
    try {
      const value = readFileSync(file, 'utf8').trim();
      if (value === '') throw new Error(`${file} is empty`);
      values[name] = value;
    } catch (error) {
      problems.push({ setting, message: `cannot be read: ${messageOf(error)}` });
      unread.add(name);
    }
  }
  return { values, problems, unread };
}

function parseRoles(text: string, context: z.RefinementCtx): ReadonlySet<Role> {
  if (text === 'all') return new Set(roles);
  const wanted = text.split(',').map((part) => part.trim());
  const known = roles.filter((role) => wanted.includes(role));
  if (wanted.length === known.length) return new Set(known);
  context.addIssue({ code: 'custom', message: `must be \`all\`, or some of ${roles.join(', ')} with commas between.` });
  return z.NEVER;
}

function parseLimits(text: string, context: z.RefinementCtx): Limits {
  if (text === 'off') return 'off';
  const rates = new Map(text.split(',').map((part) => parseRate(part)));
  const group = rates.get('group');
  const single = rates.get('private');
  const global = rates.get('global');
  if (!group || !single || !global || rates.size !== 3) {
    context.addIssue({ code: 'custom', message: `must be \`off\` or like ${defaultLimits} (calls/seconds).` });
    return z.NEVER;
  }
  return { group, private: single, global };
}

function parseRate(part: string): [string, Rate | undefined] {
  const [, name = part, calls, seconds] = /^\s*(\w+)=(\d+)\/(\d+(?:\.\d+)?)\s*$/.exec(part) ?? [];
  const rate = { calls: Number(calls), seconds: Number(seconds) };
  return [name, rate.calls > 0 && rate.seconds > 0 ? rate : undefined];
}
