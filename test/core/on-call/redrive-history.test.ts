import { readHistory, readMovedBack, type RedriveHistory, writeHistory } from '../../../src/core/on-call/redrive-history';

const history: RedriveHistory = { first: 'm-0', times: 2, job: '20260102-1', letter: 'm-1' };

test('a history is read as it was written', () => {
  expect(readHistory(writeHistory(history))).toEqual(history);
  expect(readHistory(writeHistory({ ...history, edited: true }))).toEqual({ ...history, edited: true });
});

test.each([
  ['no JSON', '{'],
  ['no object', '[]'],
  ['a name that could be a key of something else', JSON.stringify({ ...history, job: 'JOB#1' })],
  ['a name without end', JSON.stringify({ ...history, letter: 'x'.repeat(101) })],
  ['a count that is none', JSON.stringify({ ...history, times: 0.5 })],
  ['nothing of what it needs', '{}'],
  ['a text without end', JSON.stringify({ ...history, more: 'x'.repeat(500) })],
])('anybody may send one that is none of ours: %s', (_, text) => expect(readHistory(text)).toBeNull());

test('a message was moved back if it carries a story or a history, even one that cannot be read', () => {
  expect(readMovedBack({})).toEqual({});
  expect(readMovedBack({ 'tidemark-reason': 'invalid' })).toEqual({ redriven: true });
  expect(readMovedBack({ 'tidemark-redrive': 'x' })).toEqual({ redriven: true });
  expect(readMovedBack({ 'tidemark-redrive': writeHistory(history) })).toEqual({ redriven: true, history });
});
