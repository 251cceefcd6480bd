import { virtualClock, type VirtualClock } from '../../../src/memory/clock';
import { attributesOf, keyDigest, type Post } from '../../../src/core/ingest/post';
import { utf8Bytes } from '../../../src/core/limits';
import { createIngest, type Ingest, type IngestSettings, type PostOutcome } from '../../../src/ingest';
import { silentLog } from '../../../src/log';
import { noon } from '../../factories';
import { memoryIntakeWriter } from '../../memory/intake-writer';
import { memoryKeptKeys } from '../../memory/kept-keys';
import { type Chance, createChance } from '../../simulation/chance';
import { drawPhases, type Phase, weatheredKeys, weatheredWriter } from './weather';

const drawPosts = (chance: Chance): readonly Post[] => {
  const keys = Array.from({ length: chance.whole(1, 12) }, () => chance.uuid());
  return Array.from({ length: chance.whole(20, 150) }, () => {
    const share = chance.fraction();
    const size = share < 0.05 ? chance.whole(100_000, 1_000_000) : chance.whole(0, 400);
    const eventBody = { conversationId: chance.uuid(), filler: 'x'.repeat(size) };
    const body = JSON.stringify(share > 0.97 ? { nothing: 'known' } : { detail: { eventBody } });
    // Of a body and a key there is one type: of repeats, the first one's is in the queue.
    return { body, idempotencyKey: chance.is(0.3) ? null : chance.pick(keys as [string, ...string[]]), eventType: 'call' };
  });
};

/** What was said to one sender. */
export interface Said {
  readonly post: Post;
  readonly outcome: PostOutcome;
  readonly startedMs: number;
  readonly tookMs: number;
  /** At that moment. */
  readonly isQueued: boolean;
}

const drawSettings = (chance: Chance): IngestSettings => ({
  maxWaiting: chance.pick([3, 30, 1_000]),
  gatherMs: chance.pick([0, 5, 200]),
  timeoutMs: chance.pick([500, 3_000, 10_000]),
  idempotencyMs: chance.pick([0, 86_400_000, 86_400_000]),
});

/** Doors of one queue and one table, as several processes have them. */
const openDoors = (seed: number) => {
  const chance = createChance(seed);
  const clock = virtualClock(noon);
  const tableFails = chance.is(0.5);
  const phases = drawPhases(chance, tableFails);
  const now = (): Phase => phases.findLast(({ fromMs }) => fromMs <= clock.monotonicMs())!;
  const problems: string[] = [];
  const settings = drawSettings(chance);
  const queue = memoryIntakeWriter();
  const kept = memoryKeptKeys();
  const sky = { clock, chance, now };
  const doors = Array.from({ length: chance.whole(1, 2) }, () => {
    const writer = weatheredWriter(sky, queue, (problem) => problems.push(problem));
    const metrics = { add: () => undefined };
    const keys = weatheredKeys(sky, kept);
    const ingest = createIngest({ writer, keys, clock, random: chance, log: silentLog, metrics }, settings);
    return { ingest, writer, inHand: 0 };
  });
  return { chance, clock, tableFails, phases, problems, settings, queue, doors };
};

type World = ReturnType<typeof openDoors>;
type Door = World['doors'][number];

const sendOnce = async ({ chance, clock, problems, settings, queue }: World, door: Door, post: Post): Promise<Said> => {
  const startedMs = clock.monotonicMs();
  const entered = door.ingest.enter(utf8Bytes(post.body));
  const end = (outcome: PostOutcome): Said => {
    const isQueued = outcome.kind === 'accepted' && queue.written().some(({ messageId }) => messageId === outcome.messageId);
    return { post, outcome, startedMs, tookMs: clock.monotonicMs() - startedMs, isQueued };
  };
  if (typeof entered !== 'function') return end(entered);
  door.inHand += 1;
  if (door.inHand > settings.maxWaiting) problems.push(`${door.inHand} posts in hand`);
  const answered = door.ingest.accept(post);
  // Some hang up before they have their answer.
  if (chance.is(0.1)) await clock.sleep(1);
  else await answered;
  entered();
  entered();
  door.inHand -= 1;
  return end(await answered);
};

const untilDone = async <T>(clock: VirtualClock, what: string, promise: Promise<T>): Promise<T> => {
  let isDone = false;
  const watched = promise.finally(() => (isDone = true));
  if (!(await clock.advanceUntil(() => isDone, 3_600_000))) throw new Error(`${what} did not end within an hour.`);
  return watched;
};

const drain = async (ingest: Ingest): Promise<void> => ingest.drain(new AbortController().signal);

/** Plays one seed: posts that come at any time, some several times, then a stop. */
export const playPosts = async (seed: number) => {
  const world = openDoors(seed);
  const { chance, clock, phases, problems, queue, doors } = world;
  const posts = drawPosts(chance);
  const lastMs = phases.at(-1)!.fromMs + 1_000;
  const sends = posts.flatMap((post) =>
    Array.from({ length: chance.pick([1, 1, 2, 5]) }, () => ({ post, atMs: chance.whole(0, chance.pick([50, lastMs])) })),
  );
  const said = sends.map(async ({ post, atMs }) => {
    await clock.sleep(atMs);
    return sendOnce(world, doors[chance.whole(0, doors.length - 1)]!, post);
  });
  const answers = await untilDone(clock, 'The posts', Promise.all(said));
  await untilDone(clock, 'Draining', Promise.all(doors.map(({ ingest }) => drain(ingest))));
  if (doors.some(({ writer }) => writer.running() > 0)) problems.push('drained, and a write is under way');
  // The longest that the breaker is open, and a probe.
  await clock.advance(20_000);
  const late = doors.map((door, at) => sendOnce(world, door, { body: lateBody(at), idempotencyKey: null, eventType: null }));
  const after = await untilDone(clock, 'The last posts', Promise.all(late));
  await untilDone(clock, 'Draining', Promise.all(doors.map(({ ingest }) => drain(ingest))));
  await clock.advance(5_000);
  if (clock.nextWakeMs() !== null) problems.push('a timer is left');
  return { ...world, said: answers, after, written: queue.written(), problems };
};

const lateBody = (at: number): string => JSON.stringify({ detail: { eventBody: { conversationId: `late-${at}` } } });

export type History = Awaited<ReturnType<typeof playPosts>>;

const digestOf = ({ idempotencyKey, body }: Post): string | null =>
  idempotencyKey === null ? null : keyDigest(idempotencyKey, body);

/** Every promise that was broken, in words. */
export const judgePosts = ({ said, after, written, problems, settings, tableFails, phases }: History): readonly string[] => {
  const broken = [...problems];
  const messages = new Map(written.map((message) => [message.messageId, message]));
  const ids = new Map<string, string>();
  for (const { post, outcome, tookMs, isQueued } of [...said, ...after]) {
    if (tookMs > settings.timeoutMs + 1) broken.push(`an answer took ${tookMs} ms of ${settings.timeoutMs}`);
    if (post.body.includes('nothing') !== (outcome.kind === 'refused') && outcome.kind !== 'unavailable')
      broken.push(`${outcome.kind}: ${post.body.slice(0, 30)}`);
    if (outcome.kind === 'unavailable' && !(outcome.retryAfterMs >= 1_000)) broken.push('come back at once');
    if (outcome.kind !== 'accepted') continue;
    const message = messages.get(outcome.messageId);
    if (!isQueued) broken.push('accepted before it was in the queue');
    if (message?.body !== post.body) broken.push('accepted as a message with another body');
    if (JSON.stringify(message?.attributes) !== JSON.stringify(attributesOf(post))) broken.push('its attributes are others');
    const digest = settings.idempotencyMs > 0 && !tableFails ? digestOf(post) : null;
    if (digest !== null && (ids.get(digest) ?? outcome.messageId) !== outcome.messageId) broken.push('two ids for one post');
    if (digest !== null) ids.set(digest, outcome.messageId);
  }
  const bodies = new Set([...said, ...after].map(({ post }) => post.body));
  if (written.some(({ body }) => !bodies.has(body) || body.includes('nothing'))) broken.push('in the queue is what nobody sent');
  if (after.some(({ outcome }) => outcome.kind !== 'accepted')) broken.push('all is well again, and posts are not accepted');
  const isAlwaysWell = phases.every(({ queue, table }) => queue === 'well' && table === 'well');
  const isTurnedAway = said.some(({ outcome }) => outcome.kind === 'unavailable' && outcome.why !== 'overloaded');
  if (isAlwaysWell && settings.timeoutMs >= 3_000 && isTurnedAway) broken.push('all is well, and posts are turned away');
  return [...new Set(broken)];
};
