import { deadLetterStory, type RefusedMessage, storyFits } from '../../src/core/dead-letter';
import { limits } from '../../src/core/limits';
import type { RedriveHistory } from '../../src/core/on-call/redrive-history';
import type { Rejection } from '../../src/core/rejection';

const rejection: Rejection = { reason: 'invalid', detail: 'Expected a number at $.time.', step: 'validate', type: 'acd.start' };
const refused = (told: Partial<Rejection> = {}): RefusedMessage => ({
  message: { id: 'm-1', sentAtMs: Date.UTC(2026, 0, 1), receiveCount: 2 },
  rejection: { ...rejection, ...told },
  atMs: Date.UTC(2026, 0, 2),
});

test('golden: a dead letter tells its reason, where, when and by whom in nine attributes', () => {
  expect(deadLetterStory(refused(), 'tidemark 1.0.0')).toEqual({
    'tidemark-reason': 'invalid',
    'tidemark-detail': 'Expected a number at $.time.',
    'tidemark-step': 'validate',
    'tidemark-type': 'acd.start',
    'tidemark-at': '2026-01-02T00:00:00.000Z',
    'tidemark-receive-count': '2',
    'tidemark-sent-at': '2026-01-01T00:00:00.000Z',
    'tidemark-message-id': 'm-1',
    'tidemark-by': 'tidemark 1.0.0',
  });
});

test('golden: of one that was moved back before, the tenth attribute tells the redrives', () => {
  const { message, ...told } = refused();
  const history: RedriveHistory = { first: 'm-0', times: 2, job: '20260102-1', letter: 'm-1a', edited: true };
  const story = deadLetterStory({ ...told, message: { ...message, history } }, 'tidemark 1.0.0');
  expect(story['tidemark-redrive']).toBe('{"first":"m-0","times":2,"job":"20260102-1","letter":"m-1a","edited":true}');
  expect(story['tidemark-message-id']).toBe('m-1');
  expect(Object.keys(story)).toHaveLength(10);
});

test('an attribute without a value is left out, for SQS refuses it', () => {
  const untyped: Rejection = { reason: 'not-json', detail: 'Expected JSON.', step: 'validate' };
  const story = deadLetterStory({ ...refused(), rejection: untyped }, 'tidemark 1.0.0');
  expect(Object.keys(story)).toHaveLength(8);
  expect(Object.keys(deadLetterStory(refused({ type: '' }), 'tidemark 1.0.0'))).toHaveLength(8);
});

test('characters that SQS refuses are replaced, and a long value is cut', () => {
  const story = deadLetterStory(refused({ detail: `a\u0000b\ud800c\uffffd\te\u{1f600}`, type: 'x'.repeat(600) }), 'tidemark');
  expect(story['tidemark-detail']).toBe('a\ufffdb\ufffdc\ufffdd\te\u{1f600}');
  expect(story['tidemark-type']).toHaveLength(500);
});

test('a value cut inside a surrogate pair stays sendable', () => {
  const story = deadLetterStory(refused({ detail: `${'x'.repeat(499)}\u{1f600}` }), 'tidemark');
  expect(story['tidemark-detail']).toBe(`${'x'.repeat(499)}\ufffd`);
});

test('body and story share 1 MiB, counted in bytes', () => {
  const story = { name: 'value' };
  const room = limits.messageBytes - 'name'.length - 'String'.length - 'value'.length;
  expect(storyFits('x'.repeat(room), story)).toBe(true);
  expect(storyFits('x'.repeat(room + 1), story)).toBe(false);
  expect(storyFits('é'.repeat(room / 2 + 1), story)).toBe(false);
});
