import type { CanonicalEvent } from '../../src/core/event';
import type { EventsRead } from '../../src/core/formats/read-events';
import { keys } from '../../src/core/items';
import { limits, utf8Bytes } from '../../src/core/limits';
import { rejectionReasons } from '../../src/core/rejection';
import { admitAndClose, memoryOutside } from '../outside';
import { fold, take } from '../schemas/taken';
import type { Input } from './draw-input';
import { canary } from './nasty';

/** What became of one input. Everything in it is counted by name. */
export interface Outcome {
  /** `event reconstruct`, `rejection invalid (validate)`, `mapper user`, … */
  readonly seen: readonly string[];
  readonly reachedMapper: boolean;
  /** Of decode, validate and fold: time of the processor, which other work on the machine does not stretch. */
  readonly ms: number;
  /** What it must not have done; empty if all is well. */
  readonly faults: readonly string[];
}

/** The largest message costs a few tenths of a second; past it something grows faster than its input. */
export const longestMs = 2_000;

/** Above it a time is taken again: what takes so long only once was the garbage of others. */
const suspiciousMs = 100;

const unusableEvent = (event: CanonicalEvent): readonly string[] => [
  ...(event.conversationId === '' ? ['an event of no conversation'] : []),
  ...(Number.isSafeInteger(event.eventTimeMs) && event.eventTimeMs >= 0 ? [] : ['an event without a time']),
  ...(Number.isSafeInteger(event.envelopeTimeMs) && event.envelopeTimeMs >= 0 ? [] : ['an event without an envelope time']),
  ...(Number.isSafeInteger(event.sequence) && event.sequence >= 0 ? [] : ['an event without a place in the order']),
  ...(/^[0-9a-f]{32}$/.test(event.fingerprint) ? [] : ['an event without a fingerprint']),
  ...(utf8Bytes(keys.event(event).sk) <= limits.sortKeyBytes ? [] : ['an event that no sort key can hold']),
];

const unusableAnswer = ({ events, passed, rejection, drift }: EventsRead): readonly string[] => [
  ...(events.length + passed.length > 0 || rejection !== null ? [] : ['neither an event nor a rejection']),
  ...(rejection === null || rejectionReasons.includes(rejection.reason) ? [] : [`the reason ${rejection.reason}`]),
  ...(rejection === null || /expected|must|required/i.test(rejection.detail) ? [] : [`says nothing: ${rejection.detail}`]),
  ...(rejection === null || rejection.detail.length <= 500 ? [] : ['a rejection longer than its attribute']),
  ...(`${rejection?.detail ?? ''}${JSON.stringify(drift)}`.includes(canary) ? ['shows a value of a customer'] : []),
  ...events.flatMap(({ event }) => unusableEvent(event)),
];

const byConversation = ({ events }: EventsRead): readonly (readonly CanonicalEvent[])[] => {
  const groups = new Map<string, CanonicalEvent[]>();
  for (const { event } of events) {
    const group = groups.get(event.conversationId);
    if (group) group.push(event);
    else groups.set(event.conversationId, [event]);
  }
  return [...groups.values()];
};

const readAndFold = ({ body, allowedSources }: Input) => {
  const began = process.cpuUsage();
  const read = take(body, allowedSources);
  const folded = byConversation(read).map(fold);
  const { user, system } = process.cpuUsage(began);
  return { read, folded, ms: (user + system) / 1_000 };
};

/** The fastest of up to three. */
const timed = (input: Input): ReturnType<typeof readAndFold> => {
  const first = readAndFold(input);
  if (first.ms < suspiciousMs) return first;
  return { ...first, ms: Math.min(first.ms, ...Array.from({ length: 2 }, () => readAndFold(input).ms)) };
};

const fitsKeys = ({ events }: EventsRead): boolean =>
  events.every(({ event }) => utf8Bytes(keys.event(event).pk) <= limits.partitionKeyBytes);

/** All six steps, in memory: whatever it is, it is done with at once, and its window closes. */
const throughPipeline = async ({ body, allowedSources }: Input, { rejection }: EventsRead) => {
  const outside = memoryOutside();
  const done = await admitAndClose(outside, [body], { allowedSources });
  const set = outside.deadLetters.letters().map(({ letter }) => letter.rejection);
  const isParked = outside.table.heads().some(({ state }) => state === 'parked');
  return {
    seen: ['through all six steps', ...set.map(({ reason, step }) => `rejection ${reason} (${step})`)],
    faults: [
      ...(done.length === 1 ? [] : ['would come again for ever']),
      ...(set.length === 1 || rejection === null ? [] : ['refused, and not set aside']),
      ...(isParked ? ['its window was parked'] : []),
    ],
  };
};

const describeRead = ({ events, passed, rejection }: EventsRead): readonly string[] => [
  ...[...events, ...passed].map(({ subject }) => `event ${subject.action}`),
  ...(rejection === null ? [] : [`rejection ${rejection.reason} (${rejection.step})`]),
  ...(rejection !== null && events.length + passed.length > 0 ? ['taken and set aside'] : []),
];

/** Decodes, validates and folds one input; some go through the whole pipeline as well. Never rejects. */
export const judgeInput = async (input: Input, isPiped: boolean): Promise<Outcome> => {
  try {
    const { read, folded, ms } = timed(input);
    const mappers = folded.flatMap((one) => one.mappers);
    const piped = isPiped || !fitsKeys(read) ? await throughPipeline(input, read) : { seen: [], faults: [] };
    const tooLong = ms > longestMs ? [`took ${Math.round(ms)} ms, more than ${longestMs}`] : [];
    return {
      // What the pipeline set aside is what was refused before, and what only a table refuses.
      seen: [
        ...(piped.seen.length > 0 ? describeRead({ ...read, rejection: null }) : describeRead(read)),
        ...piped.seen,
        ...mappers.map((name) => `mapper ${name}`),
      ],
      reachedMapper: mappers.length > 0,
      ms,
      faults: [...unusableAnswer(read), ...folded.flatMap((one) => one.faults), ...tooLong, ...piped.faults],
    };
  } catch (error) {
    const thrown = error instanceof Error ? (error.stack ?? error.message) : String(error);
    return { seen: [], reachedMapper: false, ms: 0, faults: [`threw ${thrown}`] };
  }
};
