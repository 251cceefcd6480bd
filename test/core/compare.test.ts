import { type Candidate, compareWithLast } from '../../src/core/compare';
import type { StoredRecord } from '../../src/core/items';
import type { ConversationRecord } from '../../src/core/record';
import { aStoredRecord } from '../contract/samples';

const last = (fields: Partial<ConversationRecord>, handedOff = true): StoredRecord => {
  const { record, outbox } = aStoredRecord(fields);
  return { record, madeOf: ['a', 'b'], outbox: { ...outbox, execution: handedOff ? outbox.execution : null } };
};
const candidate = (fields: Partial<Candidate> = {}): Candidate => ({
  madeOf: ['a', 'b'],
  status: 'final',
  pane: 'late',
  handedOff: true,
  ...fields,
});
const final = { status: 'final', pane: 'on_time' } as const;
const early = { status: 'partial', pane: 'early' } as const;
const isNothingNew = (before: StoredRecord | null, fields?: Partial<Candidate>): boolean =>
  compareWithLast(before, candidate(fields)).isNothingNew;

test('the first record says something', () => expect(isNothingNew(null)).toBe(false));

test('the same events say nothing new', () => expect(isNothingNew(last(final))).toBe(true));

test('one event more does', () => expect(isNothingNew(last(final), { madeOf: ['a', 'b', 'c'] })).toBe(false));

test('a higher status does, a lower one does not', () => {
  expect(isNothingNew(last({ status: 'partial', pane: 'on_time' }))).toBe(false);
  expect(isNothingNew(last(final), { status: 'partial' })).toBe(true);
});

test('expired history is named, and is no news by itself: its record would be partial', () => {
  expect(compareWithLast(last(final), candidate({ madeOf: ['a'] }))).toMatchObject({ isNothingNew: true, gone: ['b'] });
  expect(isNothingNew(last({ status: 'partial', pane: 'on_time' }), { madeOf: ['a'] })).toBe(true);
});

test('what is gone stays missed in every later revision, until it is found again', () => {
  const shrunk = { ...last({ status: 'partial', pane: 'late' }), madeOf: ['a'], gone: ['b'] };
  expect(compareWithLast(shrunk, candidate({ madeOf: ['a'] }))).toMatchObject({ isNothingNew: true, gone: ['b'] });
  expect(compareWithLast(shrunk, candidate({ madeOf: ['a', 'c'] }))).toMatchObject({ isNothingNew: false, gone: ['b'] });
  expect(compareWithLast(shrunk, candidate({ madeOf: ['a', 'b'] }))).toMatchObject({ isNothingNew: false, gone: [] });
});

test('a record that would be handed off is made if the last one was not; one that would not be, is not', () => {
  expect(isNothingNew(last(final, false))).toBe(false);
  expect(isNothingNew(last(final, false), { handedOff: false })).toBe(true);
});

test('an early record never stands for the one with which its window closes', () => {
  expect(isNothingNew(last(early), { pane: 'on_time', status: 'partial' })).toBe(false);
  expect(isNothingNew(last(early, false), { pane: 'late', status: 'partial', handedOff: false })).toBe(false);
});

test('an early record is made for news alone, not for a status or a handoff', () => {
  expect(isNothingNew(last(early, false), { pane: 'early' })).toBe(true);
  expect(isNothingNew(last(early), { pane: 'early', madeOf: ['a', 'c'] })).toBe(false);
});

test('what is made is not made again, whatever it was made over', () => {
  for (const before of [last(final), last(final, false), last(early), last(early, false)])
    for (const pane of ['on_time', 'late'] as const)
      for (const status of ['partial', 'final'] as const)
        for (const handedOff of [true, false]) {
          const next = candidate({ pane, status, handedOff, madeOf: ['a', 'b', 'c'] });
          expect(compareWithLast(before, next).isNothingNew).toBe(false);
          const made = { ...last({ pane, status }, handedOff), madeOf: next.madeOf };
          expect(compareWithLast(made, { ...next, pane: 'late' }).isNothingNew).toBe(true);
        }
});
