import { isObject, type JsonObject } from './json';

/*
 * What may be said of an error, in a log line or to whoever looks later: an allow-list. An error drags its request along (axios: headers with the bearer token; the
 * AWS SDK: the item; JSON.parse: the text itself, in its message), so nothing is copied that is not named here.
 */

/** Errors whose message is ours, or speaks of our set-up (credentials, permissions, names of resources), never of a payload. */
const speaking: ReadonlySet<string> = new Set([
  'ItemRefusedError',
  'CallRefusedError',
  'OutputInvalidError',
  'WindowFaultError',
  'ConfigError',
  'SchemaRegistryError',
  'AccessDenied',
  'AccessDeniedException',
  'AuthorizationErrorException',
  'CredentialsProviderError',
  'ExpiredTokenException',
  'NotFoundException',
  'QueueDoesNotExist',
  'ResourceNotFoundException',
  'StateMachineDoesNotExist',
  'UnrecognizedClientException',
]);

const deepestCause = 3;
const mostFrames = 8;

/** A code such as `ECONNREFUSED`; anything that reads like a sentence or a value is left out. */
const asCode = (value: unknown): string | undefined =>
  typeof value === 'number' || (typeof value === 'string' && /^[\w.-]{1,80}$/.test(value)) ? String(value) : undefined;

const asNumber = (value: unknown): number | undefined => (typeof value === 'number' ? value : undefined);

/** Where it was thrown. The message stands before the frames and may hold anything, even lines that look like frames: cut off. */
const frames = ({ stack = '', message }: Error): readonly string[] => {
  const start = stack.indexOf(message);
  // A message that was changed later can not be cut off.
  if (start === -1) return [];
  return stack
    .slice(start + message.length)
    .split('\n')
    .filter((line) => /^ {4}at .+:\d+:\d+\)?$/.test(line))
    .slice(0, mostFrames)
    .map((line) => line.trim().slice('at '.length));
};

const field = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

const nameOfThrown = (thrown: unknown): string => `thrown ${thrown === null ? 'null' : typeof thrown}`;

const partsOf = (error: Error) => {
  const metadata = field(error, '$metadata');
  return {
    name: asCode(error.name) ?? 'Error',
    message: speaking.has(error.name) ? error.message : undefined,
    code: asCode(field(error, 'code')),
    status: asNumber(field(error, 'status') ?? field(metadata, 'httpStatusCode')),
    requestId: asCode(field(metadata, 'requestId')),
    at: frames(error),
  };
};

/** Name, code, status, request id, place; the message of those that are known to be harmless; the same of its causes. */
export const describeError = (error: unknown, depth = 1): JsonObject => {
  if (!(error instanceof Error)) return { name: nameOfThrown(error) };
  const cause = error.cause === undefined || depth >= deepestCause ? undefined : describeError(error.cause, depth + 1);
  const parts = { ...partsOf(error), cause };
  return Object.fromEntries(
    Object.entries(parts).filter((part): part is [string, NonNullable<(typeof part)[1]>] => part[1] !== undefined),
  );
};

/** The part of a frame that is the same on every machine. */
const ownPart = (frame: string): string => frame.replace(/(?:file:\/\/)?\/[^()]*?\/(?=(?:src|dist|node_modules)\/)/, '');

const tell = (error: unknown): string => {
  if (!(error instanceof Error)) return nameOfThrown(error);
  const { name, message, code, status, at } = partsOf(error);
  const what = [name, message, code, status].filter((part) => part !== undefined).join(': ');
  return at[0] === undefined ? what : `${what} at ${ownPart(at[0])}`;
};

/** The same in one line: each error of the chain, and the first place of each. */
export const tellError = (error: unknown): string => {
  const chain: string[] = [];
  for (let one = error; one !== undefined && chain.length < deepestCause; one = one instanceof Error ? one.cause : undefined)
    chain.push(tell(one));
  return chain.join('; because of ');
};
