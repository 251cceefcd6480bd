import { compile, JSONPathError, type JSONPathQuery } from 'json-p3';
import { parseObject } from '../core/formats/parse';
import type { StoppedFilter } from '../core/on-call/filter';
import type { Stopped } from '../core/on-call/stopped';

/** A JSONPath that cannot be read. Its message shows where. */
export class JsonPathInvalidError extends Error {
  override readonly name = 'JsonPathInvalidError';
}

/** Where the reader stopped: a mark under the path. */
const marked = (path: string, { message, token }: JSONPathError): string =>
  `Expected a JSONPath (RFC 9535), got one that cannot be read: ${message}\n  ${path}\n  ${' '.repeat(Math.max(0, token.index))}^`;

export const readJsonPath = (path: string): JSONPathQuery => {
  try {
    return compile(path);
  } catch (error) {
    if (error instanceof JSONPathError) throw new JsonPathInvalidError(marked(path, error), { cause: error });
    throw error;
  }
};

/** Only in what the worker would read: a JSON object that is not too deep. */
const finds = (query: JSONPathQuery, body: string): boolean => {
  const parsed = parseObject(body, 'the body');
  // The library asks for a value that may be changed, and changes none.
  return 'object' in parsed && query.match(parsed.object as Parameters<JSONPathQuery['match']>[0]) !== undefined;
};

const isOneOf = <T>(wanted: readonly T[] | undefined, value: T): boolean => wanted === undefined || wanted.includes(value);

/** What nobody knows the age of is neither older nor newer than anything. */
const isOfAge = ({ olderThanMs, newerThanMs }: StoppedFilter, { stoppedAtMs, beganAtMs }: Stopped, nowMs: number): boolean => {
  if (olderThanMs === undefined && newerThanMs === undefined) return true;
  const sinceMs = stoppedAtMs ?? beganAtMs;
  if (sinceMs === null) return false;
  const ageMs = nowMs - sinceMs;
  return ageMs >= (olderThanMs ?? -Infinity) && ageMs <= (newerThanMs ?? Infinity);
};

/** Null where there is none: a window has no body, and a list from earlier does not keep them. */
export type Matches = (stopped: Stopped, body: string | null) => boolean;

/** Of this moment; throws JsonPathInvalidError. */
export const matcherOf = (filter: StoppedFilter, nowMs: number): Matches => {
  const { ids, groups, places, reasons, subjects, types, conversationId, where } = filter;
  const query = where === undefined ? null : readJsonPath(where);
  return (stopped, body) =>
    isOneOf(ids, stopped.id) &&
    isOneOf(groups, stopped.group) &&
    isOneOf(places, stopped.place) &&
    isOneOf(reasons, stopped.reason) &&
    isOneOf<string | null>(subjects, stopped.subject) &&
    isOneOf<string | null>(types, stopped.type) &&
    (conversationId === undefined || stopped.conversationIds.includes(conversationId)) &&
    isOfAge(filter, stopped, nowMs) &&
    (query === null || (body !== null && finds(query, body)));
};
