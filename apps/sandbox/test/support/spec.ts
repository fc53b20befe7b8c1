import { readFileSync } from 'node:fs';

interface Spec {
  readonly types: Record<string, { readonly fields?: Record<string, string>; readonly oneOf?: string[] } | undefined>;
  readonly results: Record<string, string[] | undefined>;
}

const spec = JSON.parse(readFileSync(new URL('./botApiSpec.json', import.meta.url), 'utf8')) as Spec;

/** Members that the documentation does not name but the server still sends, from older versions of the Bot API. */
const LEGACY = [
  'forward_from',
  'forward_from_chat',
  'forward_from_message_id',
  'forward_sender_name',
  'forward_signature',
  'forward_date',
  'new_chat_member',
  'new_chat_participant',
  'left_chat_participant',
  'thumb',
  'can_manage_voice_chats',
  'all_members_are_administrators',
];

/** Holds a method's result to its documentation; throws an Error that names the place of what does not fit. */
export function checkResult(method: string, result: unknown): void {
  const types = spec.results[method];
  if (types === undefined) throw new Error(`${method} is not a method of the Bot API`);
  const fault = checkTypes(types, result, method);
  if (fault !== undefined) throw new Error(fault);
}

function checkTypes(types: readonly string[], value: unknown, path: string): string | undefined {
  const faults = types.map((type) => checkType(type, value, path));
  return faults.includes(undefined) ? undefined : faults.join('; ');
}

function checkType(type: string, value: unknown, path: string): string | undefined {
  if (type.startsWith('Array of ')) {
    if (!Array.isArray(value)) return `${path} is no array`;
    return firstFault(value.map((item, index) => checkType(type.slice('Array of '.length), item, `${path}[${index}]`)));
  }
  switch (type) {
    case 'Integer':
      return Number.isSafeInteger(value) ? undefined : `${path} is no integer: ${JSON.stringify(value)}`;
    case 'Float':
      return typeof value === 'number' ? undefined : `${path} is no number`;
    case 'String':
      return typeof value === 'string' ? undefined : `${path} is no string: ${JSON.stringify(value)}`;
    case 'Boolean':
      return typeof value === 'boolean' ? undefined : `${path} is no boolean`;
    case 'True':
      return value === true ? undefined : `${path} is not true`;
    default:
      return checkObject(type, value, path);
  }
}

function checkObject(type: string, value: unknown, path: string): string | undefined {
  const known = spec.types[type];
  if (known === undefined) return `${path}: there is no type ${type}`;
  if (known.oneOf !== undefined) return checkTypes(known.oneOf, value, path);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return `${path} is no ${type}`;
  const fields = known.fields ?? {};
  const missing = Object.entries(fields).filter(([name, types]) => types.endsWith('!') && !(name in value));
  if (missing.length > 0) return `${path}: ${type} lacks ${missing.map(([name]) => name).join(', ')}`;
  return firstFault(Object.entries(value).map(([name, member]) => checkField(fields[name], member, `${path}.${name}`)));
}

function checkField(types: string | undefined, member: unknown, path: string): string | undefined {
  if (types !== undefined) return checkTypes(types.replace('!', '').split('|'), member, path);
  const name = path.slice(path.lastIndexOf('.') + 1);
  return LEGACY.includes(name) ? undefined : `${path} is not in the Bot API`;
}

function firstFault(faults: readonly (string | undefined)[]): string | undefined {
  return faults.find((fault) => fault !== undefined);
}
