import type { Head, HeadUpdate, StoredRecord } from '../../../src/core/items';
import type { HeadsAnswer, WindowPage, WindowTable } from '../../../src/ports';
import type { Breakage } from './units';

/* The protocol with one mistake each, made between the pipeline and its table. The walk must find every one of them. */

export interface Broken {
  readonly name: string;
  readonly breakage: Breakage;
}

const onTable =
  (change: (table: WindowTable) => Partial<WindowTable>): Breakage =>
  (outside) => ({ ...outside, table: { ...outside.table, ...change(outside.table) } });

const onHeadUpdate = (change: (update: HeadUpdate) => HeadUpdate): Breakage =>
  onTable(({ updateHead }) => ({ updateHead: (update) => updateHead(change(update)) }));

const isClaim = ({ set }: HeadUpdate): boolean => set.state === 'closing';
/** Leaves, or finishes. */
const isEnd = ({ set }: HeadUpdate): boolean => set.state === 'open' || set.state === 'closed';

const withoutExpected = (update: HeadUpdate, ...fields: readonly (keyof Head)[]): HeadUpdate => {
  if (update.expect === 'missing') return update;
  const expect = Object.fromEntries(Object.entries(update.expect).filter(([field]) => !fields.some((one) => one === field)));
  return { ...update, expect };
};

const rearms = ({ set, expect }: HeadUpdate): boolean => expect !== 'missing' && set.rearmAt !== undefined;

const neverRearms: Breakage = onTable(({ updateHead }) => ({
  // Answered as if it had been done.
  updateHead: (update) => (rearms(update) ? Promise.resolve({ rearmAt: update.set.rearmAt } as Head) : updateHead(update)),
}));

const readsBeforeClaim: Breakage = onTable(({ updateHead, readWindow, readHeads }) => {
  const pages: WindowPage[] = [];
  return {
    updateHead: async (update) => {
      if (isClaim(update)) {
        const { heads } = await readHeads([update.conversationId]);
        const { life = '', finished = 0 } = heads.get(update.conversationId) ?? {};
        for await (const page of readWindow(update.conversationId, life, finished)) pages.push(page);
      }
      return updateHead(update);
    },
    readWindow: async function* () {
      await Promise.resolve();
      yield* pages;
    },
  };
});

const readsHeadsBeforeWriting: Breakage = onTable(({ writeEvents, readHeads }) => {
  const early: HeadsAnswer[] = [];
  return {
    writeEvents: async (batch, expiresAtMs) => {
      early.push(await readHeads([...new Set(batch.map(({ event }) => event.conversationId))]));
      return writeEvents(batch, expiresAtMs);
    },
    readHeads: async (ids) => early.shift() ?? readHeads(ids),
  };
});

const finishesInTwo: Breakage = onTable(({ updateHead }) => ({
  updateHead: async (update) => {
    if (update.set.state !== 'closed') return updateHead(update);
    const { state, ...rest } = update.set;
    const first = await updateHead({ ...update, set: rest, remove: ['rearmAt'] });
    return first && updateHead({ ...withoutExpected(update, 'rearmAt'), set: { state } });
  },
}));

/** Both of a refused put: takes another's record for its own, and sends what it made itself. */
const onPut = (answer: (mine: StoredRecord, put: 'put' | StoredRecord) => 'put' | StoredRecord): Breakage =>
  onTable(({ putRecord }) => ({
    putRecord: async (stored, expiresAtMs) => answer(stored, await putRecord(stored, expiresAtMs)),
  }));

export const brokenProtocols: readonly Broken[] = [
  { name: 'writers never re-arm a closing window', breakage: neverRearms },
  { name: 're-arming does not ask that the window is closing', breakage: onHeadUpdate((update) => (rearms(update) ? withoutExpected(update, 'state') : update)) }, // prettier-ignore
  { name: 'ends do not ask about re-arming', breakage: onHeadUpdate((update) => (isEnd(update) ? withoutExpected(update, 'rearmAt') : update)) }, // prettier-ignore
  { name: 'the fence is the state, not the token', breakage: onHeadUpdate((update) => withoutExpected(update, 'token')) },
  {
    name: 'the fence is the same in every close',
    breakage: (outside) => ({ ...outside, random: { ...outside.random, id: () => 'a worker' } }),
  },
  { name: 'a window is read before it is claimed', breakage: readsBeforeClaim },
  { name: 'heads are read before the events are written', breakage: readsHeadsBeforeWriting },
  { name: 'a window is finished in two updates', breakage: finishesInTwo },
  { name: "another's record is sent as one's own", breakage: onPut(() => 'put') },
  {
    name: "another's record is there, and one's own bytes are sent",
    breakage: onPut((mine, put) => (put === 'put' ? put : mine)),
  },
];
