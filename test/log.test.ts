import { AxiosError, AxiosHeaders } from 'axios';
import { PassThrough } from 'node:stream';
import { CallRefusedError } from '../src/core/errors';
import type { Json } from '../src/core/json';
import { createLog, silentLog } from '../src/log';

const capture = (level: 'error' | 'warn' | 'info' | 'debug' = 'debug') => {
  const stream = new PassThrough({ encoding: 'utf8' });
  const text = (): string => (stream.read() as string | null) ?? '';
  return { log: createLog({ level, stream }), text, entry: () => JSON.parse(text()) as Record<string, Json> };
};

const canary = 'canary-4912';

/** An error as axios throws it: its request, with the token, and the answer hang on it. */
const axiosError = (): Error => {
  const headers = new AxiosHeaders({ Authorization: `Bearer ${canary}` });
  const config = { headers, data: canary, url: `https://example.test/${canary}` };
  const response = { status: 503, statusText: canary, data: { message: canary }, headers: {}, config };
  return new AxiosError(`failed ${canary}`, 'ERR_BAD_RESPONSE', config, {}, response);
};

test('an entry is one line of JSON: time, level and message first, then the fields', () => {
  const { log, text } = capture();
  log.info('a window closed', { revision: 2, note: 'two\nlines', nothing: undefined });
  const line = text();
  expect(line).toMatch(
    /^\{"time":"\d{4}-\d\d-\d\dT[\d:.]+Z","level":"info","message":"a window closed","revision":2,"note":"two\\nlines"\}\n$/,
  );
});

test('a field cannot pass for the time, the level or the message', () => {
  const { log, entry } = capture();
  log.warn('true', { level: 'debug', message: 'false', time: 'never' });
  expect(entry()).toMatchObject({ level: 'warn', message: 'true', time: expect.stringMatching(/^\d{4}-/) as string });
});

test('what is less severe than the level is not written', () => {
  const { log, text } = capture('warn');
  log.info('unheard');
  log.debug('unheard');
  log.warn('heard');
  log.error('heard');
  expect(text().match(/"message":"\w+"/g)).toEqual(['"message":"heard"', '"message":"heard"']);
});

test('the silent log writes nothing and takes everything', () => {
  expect(() => silentLog.error('x', { y: 1 }, new Error('z'))).not.toThrow();
});

describe('an error in a log line', () => {
  const logged = (error: unknown): Record<string, Json> => {
    const { log, entry } = capture();
    log.error('it failed', {}, error);
    return entry()['error'] as Record<string, Json>;
  };

  test.each([
    ['an axios error', axiosError()],
    ['an error of JSON.parse', jsonError()],
    [
      'an AWS error that quotes an item',
      Object.assign(new Error(`item ${canary}`), { name: 'ValidationException', Item: { canary } }),
    ],
    ['an error whose name and code are values', Object.assign(new Error(''), { name: `my ${canary}`, code: `is ${canary}` })],
    ['a cause', new Error('outer', { cause: new Error(canary) })],
    ['a message that looks like a stack', new Error(`first\n    at ${canary} (file.js:1:1)\nlast`)],
    ['a message that was changed later', changedError()],
    ['a string', canary],
    ['an object', { canary }],
  ])('shows no value of %s', (_, error) => {
    expect(JSON.stringify(logged(error))).not.toContain(canary);
  });

  test('keeps name, code and status of an HTTP error', () => {
    expect(logged(axiosError())).toMatchObject({ name: 'AxiosError', code: 'ERR_BAD_RESPONSE', status: 503 });
  });

  test('keeps the request id of an AWS error, to be quoted to AWS', () => {
    const error = Object.assign(new Error('x'), {
      name: 'InternalServerError',
      $metadata: { httpStatusCode: 500, requestId: 'R-1' },
    });
    expect(logged(error)).toMatchObject({ name: 'InternalServerError', status: 500, requestId: 'R-1' });
  });

  test('keeps the message of our own errors and of refused permissions', () => {
    expect(logged(new CallRefusedError('the input is 300 KiB'))).toMatchObject({ message: 'the input is 300 KiB' });
    const denied = Object.assign(new Error('not authorized to perform: sqs:ReceiveMessage'), { name: 'AccessDenied' });
    expect(logged(denied)).toMatchObject({ message: 'not authorized to perform: sqs:ReceiveMessage' });
  });

  test('says where it was thrown, and the same of its cause', () => {
    const place = expect.arrayContaining([expect.stringContaining('log.test.ts')]) as Json[];
    expect(logged(new Error('outer', { cause: new TypeError('inner') }))).toMatchObject({
      name: 'Error',
      at: place,
      cause: { name: 'TypeError', at: place },
    });
  });

  test('ends where causes go in a circle', () => {
    const error = new Error('round');
    error.cause = error;
    expect(JSON.stringify(logged(error)).match(/"name"/g)).toHaveLength(3);
  });
});

function jsonError(): unknown {
  try {
    return JSON.parse(canary);
  } catch (error) {
    return error;
  }
}

function changedError(): Error {
  const error = new Error(`was\n    at ${canary} (file.js:1:1)`);
  // The stack is written when it is first read.
  expect(error.stack).toContain(canary);
  error.message = 'zq';
  return error;
}
