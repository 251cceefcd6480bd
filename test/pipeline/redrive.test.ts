import type { Purpose } from '../../src/core/genesys-answers';
import type { RedriveHistory } from '../../src/core/on-call/redrive-history';
import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import type { ConversationDetails, Message, RedriveLedger } from '../../src/ports';
import { awaitOn } from '../outside';
import { ended, outcome, scripted, second, setUp, started } from './world';

/** Genesys, with what each question was for. */
const listening = () => {
  const purposes: Purpose[] = [];
  const known = scripted({ kind: 'complete', details: {} });
  const details: ConversationDetails = {
    fetch: (ids, purpose) => {
      purposes.push(purpose);
      return known.fetch(ids, purpose);
    },
  };
  return { purposes, details };
};

let count = 0;

const movedBack = (body: object, sentAtMs: number): Message => {
  const id = `moved-${String((count += 1))}`;
  return { id, body: JSON.stringify(body), sentAtMs, receiveCount: 1, handle: id, redriven: true };
};

test('a conversation of which all came out of the dead-letter queue lets live traffic go first', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.pipeline.admit([movedBack(started, 0), movedBack(ended, 0)], 0);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['redrive']);
});

test('one of which anything new came by itself goes with live traffic', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.admit(0, started);
  await world.pipeline.admit([movedBack(ended, 0)], 0);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['live']);
});

test('a late event that was moved back lets live traffic go first, whatever its record was made of before', async () => {
  const { purposes, details } = listening();
  const world = setUp({ details });
  await world.admit(0, started, ended);
  expect(await world.closeDue(45 * second)).toEqual(['closed']);
  await world.pipeline.admit([movedBack(outcome, 60 * second)], 45 * second);
  expect(await world.closeDue(200 * second)).toEqual(['closed']);
  expect(purposes).toEqual(['live', 'redrive']);
});

describe('what becomes of a message that a redrive moved back', () => {
  const history: RedriveHistory = { first: 'first', times: 1, job: 'job-1', letter: 'letter-1' };
  const redriven = (body: object): Message => ({ ...movedBack(body, 0), history });
  const unknown = { 'detail-type': 'nobody.knows', detail: {} };

  test.each([
    ['one that is admitted', started, 'admitted', null],
    ['one that is refused again, with the reason', unknown, 'refused', 'unknown-envelope'],
  ])('is told to it before the message may be deleted: %s', async (_, body, outcome, reason) => {
    const redrives = memoryRedriveLedger();
    const { pipeline, deadLetters } = setUp({ redrives });
    expect(await pipeline.admit([redriven(body)], 0)).toHaveLength(1);
    expect(redrives.outcomesOf('job-1')).toEqual([{ job: 'job-1', letter: 'letter-1', outcome, reason }]);
    expect(deadLetters.letters().map(({ attributes }) => attributes['tidemark-redrive'])).toEqual(
      outcome === 'refused' ? [JSON.stringify(history)] : [],
    );
  });

  test.each([
    ['one that is admitted', started],
    ['one that is refused again', unknown],
  ])('must be told: while it cannot be, the message comes again, and is set aside once at most: %s', async (_, body) => {
    const ledger = memoryRedriveLedger();
    const lost = { count: 2 };
    const redrives: RedriveLedger = {
      note: (...args) => ((lost.count -= 1) >= 0 ? Promise.reject(new Error('no answer')) : ledger.note(...args)),
    };
    const { pipeline, deadLetters } = setUp({ redrives });
    for (const deleted of [0, 0, 1]) expect(await pipeline.admit([redriven(body)], 0)).toHaveLength(deleted);
    expect(ledger.outcomesOf('job-1')).toHaveLength(1);
    expect(deadLetters.letters()).toHaveLength(body === unknown ? 1 : 0);
  });

  test('is not told of one that was not admitted: it comes again', async () => {
    const redrives = memoryRedriveLedger();
    const away = (): Promise<never> => Promise.reject(new Error('no answer'));
    const { pipeline, clock } = setUp({ redrives }, (table) => ({ ...table, readHeads: away }));
    expect(await awaitOn({ clock }, pipeline.admit([redriven(started)], 0))).toEqual([]);
    expect(redrives.outcomesOf('job-1')).toEqual([]);
  });

  test('is told nobody where nobody moved it back by a redrive', async () => {
    const redrives: RedriveLedger = { note: () => Promise.reject(new Error('not to be called')) };
    const { pipeline } = setUp({ redrives });
    expect(await pipeline.admit([movedBack(started, 0)], 0)).toHaveLength(1);
  });
});
