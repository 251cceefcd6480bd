import type { Seen } from '../../doctor/seen';

/** Of one thing: what hangs keeps nobody from all the others. */
const longestLookMs = 10_000;

const isAbsent =
  /^(ResourceNotFoundException|NotFoundException|NoSuchEntity(Exception)?|StateMachineDoesNotExist|.*QueueDoesNotExist|.*NonExistentQueue)$/;
const isDenied = /AccessDenied|AuthorizationError|NotAuthorized|Forbidden/;
const isUnknownCall = /UnknownOperation|InvalidAction|UnsupportedOperation|NotImplemented|SyntaxError/;
const isCredentials =
  /Credentials|ExpiredToken|UnrecognizedClient|InvalidClientTokenId|SignatureDoesNotMatch|RequestTimeTooSkewed/;

const isLate = /^(AbortError|TimeoutError)$/;

/** The name alone: a message may say who asked. */
const nameOf = (error: unknown): string =>
  error instanceof Error && /^[\w.-]{1,80}$/.test(error.name) ? error.name : 'an error without a name';

const codeOf = (error: unknown): string => {
  const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
  return typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code) ? ` ${code}` : '';
};

const statusOf = (error: unknown): number | null => {
  const metadata = error instanceof Error && '$metadata' in error ? error.$metadata : null;
  const status: unknown =
    metadata !== null && typeof metadata === 'object' ? (metadata as { httpStatusCode?: unknown }).httpStatusCode : null;
  return typeof status === 'number' ? status : null;
};

const unknown = (why: string, todo: string): Seen<never> => ({ kind: 'unknown', why, todo });

/** What a call that ended with an error says of what it asked for. */
export const seenOf = (error: unknown, right: string): Seen<never> => {
  const name = nameOf(error);
  if (isAbsent.test(name)) return { kind: 'absent' };
  if (isDenied.test(name)) return unknown(`may not be looked at (${name})`, `It takes ${right}.`);
  // What is no answer in the service's own protocol has no name.
  const isNoAnswer = name === 'Error' && statusOf(error) === 400;
  if (isUnknownCall.test(name) || statusOf(error) === 501 || isNoAnswer)
    return unknown(`this endpoint does not know the call (${name})`, `In AWS it takes ${right}.`);
  if (isCredentials.test(name)) return unknown(`AWS does not know the caller (${name})`, 'Log in to AWS, and look at the clock.');
  if (isLate.test(name))
    return unknown(`no answer in ${longestLookMs / 1_000} s`, 'Run again; if it stays so, look at the network.');
  return unknown(`no answer (${name}${codeOf(error)})`, 'Look at AWS_REGION, AWS_ENDPOINT_URL and the network.');
};

const aborted = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
  });

/** One look, which never rejects. `right`: what IAM must allow for it. */
export const look = async <T>(right: string, read: (signal: AbortSignal) => Promise<T>): Promise<Seen<T>> => {
  const signal = AbortSignal.timeout(longestLookMs);
  try {
    // What takes no signal is left to itself.
    return { kind: 'seen', value: await Promise.race([read(signal), aborted(signal)]) };
  } catch (error) {
    return seenOf(error, right);
  }
};

/** What could not be asked for, because something else was not found. */
export const notAskable = (why: string, todo: string): Seen<never> => unknown(why, todo);
