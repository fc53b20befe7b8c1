import { badRequest } from '../errors.js';

export type JsonObject = Readonly<Record<string, unknown>>;

export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isJsonArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** What is wrong inside a JSON parameter; `parsing` tells where (td/utils/JsonBuilder). */
class JsonFault extends Error {}

/** Runs `read` and words its refusal as the server does: `Bad Request: can't parse <what>: <fault>`. */
export function parsing<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof JsonFault) throw badRequest(`can't parse ${what}: ${error.message}`);
    throw error;
  }
}

/** The refusal inside `parsing` for what the fields' types do not tell. */
export function jsonFault(message: string): Error {
  return new JsonFault(message);
}

/** A text; numbers are taken as the text they were written as. */
export function readString(object: JsonObject, name: string): string {
  return optionalString(object, name) ?? missing(name);
}

export function optionalString(object: JsonObject, name: string): string | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  throw new JsonFault(`Field "${name}" must be of type String`);
}

/** A whole number; texts that are one are taken. */
export function optionalInteger(object: JsonObject, name: string): number | undefined {
  const number = optionalNumber(object, name);
  return number === undefined ? undefined : Math.trunc(number);
}

export function readInteger(object: JsonObject, name: string): number {
  return optionalInteger(object, name) ?? missing(name);
}

export function optionalNumber(object: JsonObject, name: string): number | undefined {
  const value = object[name];
  if (value === undefined || value === null) return undefined;
  const number = typeof value === 'string' && value !== '' ? Number(value) : value;
  if (typeof number !== 'number' || Number.isNaN(number)) throw new JsonFault(`Field "${name}" must be of type Number`);
  return number;
}

export function readNumber(object: JsonObject, name: string): number {
  return optionalNumber(object, name) ?? missing(name);
}

/** False when absent. */
export function readBoolean(object: JsonObject, name: string): boolean {
  const value = object[name];
  if (value === undefined || value === null) return false;
  if (typeof value !== 'boolean') throw new JsonFault(`Field "${name}" must be of type Boolean`);
  return value;
}

function missing(name: string): never {
  throw new JsonFault(`Can't find field "${name}"`);
}
