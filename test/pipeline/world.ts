import { nobodyWatches } from '../../src/core/drift';
import { nobodyPauses } from '../../src/core/on-call/levers';
import { memoryRedriveLedger } from '../../src/memory/redrive-ledger';
import { silentLog } from '../../src/log';
import { virtualClock } from '../../src/memory/clock';
import { memoryDeadLetterQueue } from '../../src/memory/dead-letter-queue';
import { seededRandom } from '../../src/memory/random';
import { memoryRecordTopic } from '../../src/memory/record-topic';
import { memoryStateMachine } from '../../src/memory/state-machine';
import { memoryWindowTable } from '../../src/memory/window-table';
import { createPipeline } from '../../src/pipeline';
import type { DetailsAnswer, ExtraAnswer, ExtraName } from '../../src/core/genesys-answers';
import type { ConversationDetails, ConversationExtra, Log, Message, WindowTable } from '../../src/ports';
import { openSchemaRegistry } from '../../src/schema-files';
import type { Outside, PipelineSettings } from '../../src/steps/outside';
import { feedMessage, minute } from '../factories';

/* A pipeline over memory ports, moved by hand: admit at a queue time, close what is due at a watermark. */

const registry = openSchemaRegistry();
export const second = 1_000;
export const settings: PipelineSettings = {
  holdMs: 45 * second,
  acwHoldMs: 300 * second,
  idleMs: 3_600 * second,
  holdCapMs: 1_800 * second,
  leaseMs: 60 * second,
  maxAttempts: 3,
  shards: 1,
  retentionMs: 86_400 * second,
  eventRetentionMs: 86_400 * second,
  allowedSources: [],
  enrichmentSteps: ['fetch_crm_contact'],
  handoffPolicy: 'final',
  emitPartialEveryMs: 0,
  publishEvents: false,
  notReadyGapMs: 10 * second,
  notReadyMax: 2,
};

/** Genesys as a script: one answer a question, the last one for ever. */
export const scripted = (...answers: readonly DetailsAnswer[]): ConversationDetails => {
  let asked = 0;
  return {
    fetch: (ids) => {
      const answer = answers[Math.min(asked++, answers.length - 1)] ?? { kind: 'absent' };
      return Promise.resolve(new Map(ids.map((id) => [id, answer])));
    },
  };
};

/** Something more that Genesys knows, likewise; `asked` counts the questions, `told` are the details that came with them. */
export const scriptedExtra = (
  name: ExtraName,
  ...answers: readonly ExtraAnswer[]
): ConversationExtra & { readonly asked: () => number; readonly told: () => readonly DetailsAnswer[] } => {
  const told: DetailsAnswer[] = [];
  return {
    name,
    fetch: (_id, _purpose, details) =>
      Promise.resolve(answers[Math.min(told.push(details), answers.length) - 1] ?? { kind: 'absent' }),
    asked: () => told.length,
    told: () => told,
  };
};

/** Keeps what it is told. */
export const recordingLog = () => {
  const lines: { readonly level: string; readonly message: string; readonly fields: unknown }[] = [];
  const at = (level: string) => (message: string, fields?: unknown) => void lines.push({ level, message, fields });
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') };
  return { log, lines };
};

/** Closes what is due, and what waits when its time has come, until nothing waits; answers the gaps in between, ms. */
export const closeWithWaits = async (world: ReturnType<typeof setUp>, watermarkMs: number): Promise<readonly number[]> => {
  const gaps: number[] = [];
  let outcomes = await world.closeDue(watermarkMs);
  while (outcomes.includes('waiting')) {
    const gapMs = (world.head()?.dueAt ?? 0) - world.clock.nowMs();
    gaps.push(gapMs);
    await world.clock.advance(gapMs - 1);
    expect(await world.closeDue(watermarkMs)).toEqual([]);
    await world.clock.advance(1);
    outcomes = await world.closeDue(watermarkMs);
  }
  return gaps;
};

export const setUp = (
  changed: Partial<Outside> = {},
  wrap: (table: WindowTable) => WindowTable = (table) => table,
  changedSettings: Partial<PipelineSettings> = {},
) => {
  const clock = virtualClock();
  const memory = memoryWindowTable();
  const stateMachine = memoryStateMachine();
  const topic = memoryRecordTopic();
  const deadLetters = memoryDeadLetterQueue('test');
  const outside: Outside = {
    program: 'test',
    clock,
    random: seededRandom(1),
    log: silentLog,
    metrics: { add: () => undefined },
    registry,
    table: wrap(memory),
    deadLetters,
    details: null,
    extras: [],
    names: null,
    stateMachine,
    topic,
    drift: nobodyWatches,
    levers: nobodyPauses,
    redrives: memoryRedriveLedger(),
    ...changed,
  };
  const pipeline = createPipeline(outside, { ...settings, ...changedSettings });
  let count = 0;
  const message = (body: object, sentAtMs: number): Message => {
    const id = String((count += 1));
    return { id, body: JSON.stringify(body), sentAtMs, receiveCount: 1, handle: id };
  };
  const admit = async (sentAtMs: number, ...bodies: readonly object[]): Promise<number> =>
    (await pipeline.admit(bodies.map((body) => message(body, sentAtMs)), 0)).length; // prettier-ignore
  /** Closes what is due on either clock; answers how each close ended. */
  const closeDue = async (watermarkMs: number): Promise<readonly string[]> => {
    const due = [...(await memory.findDue('Q#000', watermarkMs, 10)), ...(await memory.findDue('W#000', clock.nowMs(), 10))];
    const outcomes: string[] = [];
    for (const one of due) outcomes.push(await pipeline.close(one, watermarkMs));
    return outcomes;
  };
  const head = () => memory.heads()[0];
  const records = () => memory.records().map(({ record }) => record);
  return { clock, memory, stateMachine, topic, deadLetters, pipeline, outside, admit, closeDue, head, records };
};

export const started = feedMessage({ type: 'customer.start', at: minute(0) });
export const ended = feedMessage({ type: 'customer.end', at: minute(1) });
export const outcome = feedMessage({ type: 'flow.outcome', at: minute(1.5) });

/** Lets a call of the table through, and does something right before or after it, once. */
export const around =
  (name: keyof WindowTable, when: 'before' | 'after', act: () => Promise<unknown>) =>
  (table: WindowTable): WindowTable => {
    let done = false;
    const call = table[name] as (...args: unknown[]) => Promise<unknown>;
    const wrapped = async (...args: unknown[]): Promise<unknown> => {
      const isFirst = !done;
      done = true;
      if (isFirst && when === 'before') await act();
      const answer = await call(...args);
      if (isFirst && when === 'after') await act();
      return answer;
    };
    return { ...table, [name]: wrapped };
  };

export const crash = (): Promise<never> => Promise.reject(new Error('the answer was lost'));
