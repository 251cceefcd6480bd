import { duePartition, type Head, type HeadUpdate } from '../../../src/core/items';
import { loadWindowConfig } from '../../../src/config';
import { nobodyWatches } from '../../../src/core/drift';
import { nobodyPauses } from '../../../src/core/on-call/levers';
import { silentLog } from '../../../src/log';
import { virtualClock } from '../../../src/memory/clock';
import { memoryDeadLetterQueue } from '../../../src/memory/dead-letter-queue';
import { replayRandom } from '../../../src/memory/random';
import { memoryRecordTopic } from '../../../src/memory/record-topic';
import { memoryRedriveLedger } from '../../../src/memory/redrive-ledger';
import { memoryStateMachine } from '../../../src/memory/state-machine';
import { memoryWindowTable } from '../../../src/memory/window-table';
import { createPipeline } from '../../../src/pipeline';
import type { Message, WindowTable } from '../../../src/ports';
import { publishedMs } from '../../../src/replay';
import { openSchemaRegistry } from '../../../src/schema-files';
import { eventItem } from '../../../src/table/item-codec';
import { itemBytes } from '../../../src/table/item-limits';
import type { Cycles } from '../backend/traffic';

/*
 * The same conversations as they happen, on a virtual clock and with production's holds: how often their windows are moved and looked at. A
 * backend that hands out everything at once cannot tell.
 */

export interface Walked {
  headUpdates: number;
  indexWrites: number;
  readUnits: number;
  looks: number;
}

const placeOf = (head: Head | null | undefined): string => (head?.dueAt === undefined ? '' : `${head.dueOn}/${head.dueAt}`);

/** The memory table, and what DynamoDB would have counted. */
const counted = (table: WindowTable, tally: Walked): WindowTable => {
  const places = new Map<string, string>();
  const move = (id: string, to: string): void => {
    const from = places.get(id) ?? '';
    if (from !== to) tally.indexWrites += (from === '' ? 0 : 1) + (to === '' ? 0 : 1);
    places.set(id, to);
  };
  return {
    ...table,
    updateHead: async (update: HeadUpdate) => {
      const head = await table.updateHead(update);
      tally.headUpdates += 1;
      if (head) move(head.conversationId, placeOf(head));
      return head;
    },
    readWindow: async function* (...asked) {
      tally.looks += 1;
      for await (const page of table.readWindow(...asked)) {
        const items = await Promise.all(page.events.map((event) => eventItem(event, 0)));
        tally.readUnits += Math.ceil(items.reduce((sum, item) => sum + itemBytes(item), 0) / 4096);
        yield page;
      }
    },
  };
};

const openWorld = (tally: Walked) => {
  const table = counted(memoryWindowTable(), tally);
  const outside = {
    ...{ program: 'walk', log: silentLog, metrics: { add: () => undefined }, table },
    ...{ clock: virtualClock(0), random: replayRandom(0), registry: openSchemaRegistry() },
    ...{ deadLetters: memoryDeadLetterQueue('walk'), stateMachine: memoryStateMachine(), topic: memoryRecordTopic() },
    ...{ details: null, extras: [], names: null, drift: nobodyWatches, levers: nobodyPauses, redrives: memoryRedriveLedger() },
  };
  return { table, pipeline: createPipeline(outside, { ...loadWindowConfig(), shards: 1, leaseMs: 60_000 }) };
};

const page = 1_000;

const closeUpTo = async ({ table, pipeline }: ReturnType<typeof openWorld>, upToMs: number): Promise<void> => {
  for (;;) {
    const found = await table.findDue(duePartition('queue', 0), upToMs, page);
    if (found.length === 0) return;
    for (const due of found) await pipeline.close(due, due.dueAt);
  }
};

const walk = async (messages: readonly Message[]): Promise<Walked> => {
  const tally: Walked = { headUpdates: 0, indexWrites: 0, readUnits: 0, looks: 0 };
  const world = openWorld(tally);
  for (const message of messages) {
    await closeUpTo(world, message.sentAtMs);
    await world.pipeline.admit([message], message.sentAtMs);
  }
  await closeUpTo(world, Infinity);
  return tally;
};

/** What a conversation takes in its own time, beyond what it takes when all of it is there at once. */
export const walkInRealTime = async (cycles: Cycles): Promise<Walked> => {
  const messages = Array.from({ length: cycles.messages }, (_, place): Message => {
    const body = JSON.parse(cycles.bodyAt(0, place).quoted) as string;
    return { id: String(place), body, sentAtMs: publishedMs(body), receiveCount: 1, handle: String(place) };
  });
  const inTime = await walk([...messages].sort((a, b) => a.sentAtMs - b.sentAtMs));
  const atOnce = await walk(messages.map((message) => ({ ...message, sentAtMs: 0 })));
  const more = (name: keyof Walked): number => (inTime[name] - atOnce[name]) / cycles.conversations;
  return {
    headUpdates: more('headUpdates'),
    indexWrites: more('indexWrites'),
    readUnits: more('readUnits'),
    looks: more('looks'),
  };
};
