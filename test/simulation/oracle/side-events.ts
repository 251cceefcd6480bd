import type { Breach } from '../history';
import { isOnlyDeployed } from './conditions';
import { groupBy } from './content';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';
import type { MessageTrail } from './message-trails';
import { carriedBy, keyOfPublished, keyOfSide, publishedAlone, type SideTrail } from './side-trails';

/*
 * What is sent beside the facts. What is passed on is published before its message is deleted (promise 1). So is what is attached,
 * or else it is stored for a window that is open still; and that does not close before a record carries it or it is published
 * (promise 4). Nothing else is published so (3), or carried by a record (2). How often is not promised, but that a deploy adds none (8).
 */

type Head = Placed<'head'>;
type Heads = ReadonlyMap<string, readonly Head[]>;

const headsOf = (heads: Heads, { event }: SideTrail): readonly Head[] => heads.get(String(event.conversationId)) ?? [];

const isOpenBetween = (heads: readonly Head[], from: number, until: number): boolean =>
  heads.filter(({ place }) => place < from).at(-1)?.to === 'open' ||
  heads.some(({ place, to }) => place > from && place < until && to === 'open');

const isSettled = (trail: SideTrail, heads: readonly Head[], place: number): boolean => {
  if (trail.published.some((one) => one.place < place)) return true;
  const [storedAt = Infinity] = trail.stored;
  return trail.event.does === 'attach' && storedAt < place && isOpenBetween(heads, storedAt, place);
};

const judgeDeletion = (trail: SideTrail, { deleted, sent, truth }: MessageTrail, heads: readonly Head[]): readonly Breach[] => {
  const [deletion] = deleted;
  // What nothing can hold is set aside, as any other bad message is.
  if (!deletion || truth.rejection !== null || isSettled(trail, heads, deletion.place)) return [];
  const { id, does } = trail.event;
  const until = does === 'pass' ? 'published' : 'published, or stored for a window that is open';
  return [breach(1, deletion.atMs, `expected ${sent.messageId} to be deleted only after “${id}” was ${until}, but it was not`)];
};

const isClaim = ({ from, to, how }: Head): boolean => to === 'closing' && (from === 'open' || (how ?? '').startsWith('claimed'));

/** Stored before the close that ends in this place looked, and not gone by then. */
const isOwed = ({ event, stored, expired }: SideTrail, claim: Head | undefined, end: Head): boolean =>
  event.does === 'attach' && stored.some((place) => place < (claim?.place ?? -1)) && !expired.some((place) => place < end.place);

/** Nothing that a window holds is forgotten when it closes. */
const judgeEnd = (trails: readonly SideTrail[], heads: readonly Head[], end: Head): readonly Breach[] => {
  const claim = heads.filter((head) => head.place < end.place && isClaim(head)).at(-1);
  const isTold = ({ carried, published }: SideTrail): boolean =>
    carried.some((place) => place < end.place) || published.some(({ place }) => place < end.place);
  const forgotten = trails.filter((trail) => isOwed(trail, claim, end) && !isTold(trail));
  return forgotten
    .slice(0, 1)
    .map(({ event }) =>
      breach(
        4,
        end.atMs,
        `expected “${event.id}” in a record of ${end.conversationId} or published before it closed, got neither`,
      ),
    );
};

const judgeEnds = ({ sides }: Evidence, heads: Heads): readonly Breach[] => {
  const byConversation = groupBy(sides, ({ event }) => String(event.conversationId));
  return [...byConversation].flatMap(([conversationId, trails]) => {
    const own = heads.get(conversationId) ?? [];
    return own.filter(({ to }) => to === 'closed').flatMap((end) => judgeEnd(trails, own, end));
  });
};

const judgePublished = ({ history, sides }: Evidence): readonly Breach[] => {
  const trails = new Map(sides.map((trail) => [keyOfSide(trail.event), trail]));
  return publishedAlone(history)
    .filter((one) => {
      const carriers = trails.get(keyOfPublished(one))?.carriers ?? [];
      return !carriers.some(({ sent, truth }) => sent.place < one.place && truth.rejection === null);
    })
    .map(({ atMs, message }) => breach(3, atMs, `expected only what was sent to be passed on, got ${message.slice(0, 160)}`));
};

const judgeCarrying = (put: Placed<'put'>, trails: ReadonlyMap<string, SideTrail>): readonly Breach[] => {
  const keys = carriedBy(put);
  const name = `revision ${String(put.record['revision'])} of ${String(put.record['conversationId'])}`;
  const strangers = keys.filter((key) => {
    const trail = trails.get(key);
    return trail?.event.does !== 'attach' || !trail.stored.some((place) => place < put.place);
  });
  return [
    ...strangers.map((key) =>
      breach(2, put.atMs, `${name}: expected it to carry only what was stored by then, got ${key.slice(0, 120)}`),
    ),
    ...(new Set(keys).size < keys.length ? [breach(2, put.atMs, `${name}: expected it to carry each event once`)] : []),
  ];
};

/** A message that is delivered once publishes once. */
const judgeDeployed = ({ plan, sides }: Evidence): readonly Breach[] =>
  plan.blows.length === 0 || !isOnlyDeployed(plan)
    ? []
    : sides
        .filter(({ event, published, carriers }) => event.does === 'pass' && published.length > carriers.length)
        .map(({ event, published }) =>
          breach(8, published.at(-1)!.atMs, `expected a deploy to publish nothing twice, got “${event.id}” again`),
        );

export const judgeSideEvents = (evidence: Evidence): readonly Breach[] => {
  const { history, sides } = evidence;
  const heads: Heads = groupBy(effectsOf(history, 'head'), ({ conversationId }) => conversationId);
  const trails = new Map(sides.map((trail) => [keyOfSide(trail.event), trail]));
  return [
    ...sides.flatMap((trail) => trail.carriers.flatMap((one) => judgeDeletion(trail, one, headsOf(heads, trail)))),
    ...judgeEnds(evidence, heads),
    ...judgePublished(evidence),
    ...effectsOf(history, 'put').flatMap((put) => judgeCarrying(put, trails)),
    ...judgeDeployed(evidence),
  ];
};
