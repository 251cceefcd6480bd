import { CallRefusedError, WindowFaultError } from '../../src/core/errors';
import { tellError } from '../../src/core/describe-error';

/* What an error says in a log line: test/log.test.ts. Here: in one line, for whoever finds it later. */

const canary = 'canary +49 30 4912';

const thrown = (error: unknown): unknown => {
  try {
    throw error;
  } catch (caught) {
    return caught;
  }
};

test('an error is told with its name, what may be said of it, and its first place, the same on every machine', () => {
  const text = tellError(thrown(new CallRefusedError('Expected an input of at most 5 bytes, got 6.')));
  expect(text).toMatch(
    /^CallRefusedError: Expected an input of at most 5 bytes, got 6\. at .+describe-error\.test\.ts:\d+:\d+\)?$/,
  );
  const inSource = new TypeError('x');
  inSource.stack = 'TypeError: x\n    at fold (/home/somebody/tidemark/src/core/fold.ts:12:3)\n    at next (/b.ts:1:1)';
  expect(tellError(inSource)).toBe('TypeError at fold (src/core/fold.ts:12:3)');
});

test('an error that quotes what a customer said is told without it, causes and codes included', () => {
  const cause = Object.assign(new TypeError(`Cannot read properties of ${canary}`), { code: 'ERR_INVALID', body: canary });
  const text = tellError(thrown(new WindowFaultError('Expected a record.', { cause })));
  expect(text).toMatch(/^WindowFaultError: Expected a record\. at .+; because of TypeError: ERR_INVALID at /);
  expect(text).not.toContain('canary');
  expect(tellError(new Error('x', { cause: canary }))).not.toContain('canary');
});

test('what is no error, and causes that go in a circle, are told all the same', () => {
  expect(tellError(null)).toBe('thrown null');
  expect(tellError(canary)).toBe('thrown string');
  const round = new Error('round');
  round.cause = round;
  expect(tellError(round).split('; because of ')).toHaveLength(3);
});
