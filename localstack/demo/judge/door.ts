import { createHash } from 'node:crypto';
import { refusalOf, type PlannedPost } from '../door/plan';
import type { Posted } from '../door/sender';
import type { Plan } from '../plan';
import type { Difference } from './difference';

/* Did the door say to each post what it had to say? What became of the messages, the records tell. */

export interface DoorEvidence {
  readonly posted: readonly Posted[];
  /** Posts that may have another id than the same post had before: what is kept of keys could not be asked, as a worker's metric says. */
  readonly keysMissed: number;
}

const where = 'ingest';

/** Names a post without showing it. */
const nameOf = ({ body, proof }: PlannedPost): string =>
  `post of ${Buffer.byteLength(body)} bytes with ${proof}, SHA-256 ${createHash('sha256').update(body).digest('hex').slice(0, 12)}`;

const saidOf = ({ answer }: Posted): string => {
  if (answer === null) return 'no answer';
  const named = answer.problem === null ? '' : ` ${answer.problem}`;
  return `${answer.status}${named}${answer.messageId === null ? ' without an id' : ''}`;
};

const judgeAnswer = (posted: Posted): readonly Difference[] => {
  const { post, answer } = posted;
  const { refused } = post;
  const isRight = refused
    ? answer?.status === refused.status && answer.problem === refused.problem
    : answer !== null && answer.messageId !== null;
  if (isRight) return [];
  const expected = refused ? `${refused.status} ${refused.problem}` : '200 with the id of a message';
  return [{ where, what: `${nameOf(post)}: expected ${expected}, got ${saidOf(posted)}` }];
};

const countBy = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/** As many posts of each body were accepted as the plan has messages of it. */
const judgeNumbers = (plan: Pick<Plan, 'waves'>, posted: readonly Posted[]): readonly Difference[] => {
  const accepted = posted.filter(({ answer, isAgain }) => !isAgain && answer?.status === 200).map(({ post }) => post.body);
  const planned = plan.waves.flat().filter((message) => refusalOf(message) === null);
  const [got, wanted] = [countBy(accepted), countBy(planned.map(({ body }) => body))];
  const wrong = [...new Set([...got.keys(), ...wanted.keys()])].filter((body) => got.get(body) !== wanted.get(body));
  if (wrong.length === 0) return [];
  const what = `expected ${planned.length} posts to be accepted, each as often as it was planned; got ${accepted.length}, and ${wrong.length} bodies another number of times`;
  return [{ where, what }];
};

/** What was accepted, by what its id must be the same of: a key and a body. Where there is no key every post is its own. */
const idsByPost = (posted: readonly Posted[]): ReadonlyMap<string, readonly string[]> => {
  const ids = new Map<string, string[]>();
  for (const { post, answer } of posted) {
    if (post.key === null || !answer?.messageId) continue;
    const name = JSON.stringify([post.key, post.body]);
    ids.set(name, [...(ids.get(name) ?? []), answer.messageId]);
  }
  return ids;
};

/** The same post has the same id; as many may have another as the table could not be asked for. */
const judgeRepeats = ({ posted, keysMissed }: DoorEvidence): readonly Difference[] => {
  const others = [...idsByPost(posted).values()].reduce((total, ids) => total + new Set(ids).size - 1, 0);
  if (others <= keysMissed) return [];
  const what = `posts that were sent again: expected each to have the id that it had, got another for ${others}`;
  return [{ where, what: keysMissed === 0 ? what : `${what}; ${keysMissed} keys could not be looked up` }];
};

/** No two messages are one. */
const judgeIds = (posted: readonly Posted[]): readonly Difference[] => {
  const bodies = new Map<string, string>();
  const shared = posted.filter(({ post, answer }) => {
    const id = answer?.messageId;
    if (!id) return false;
    const first = bodies.get(id);
    bodies.set(id, first ?? post.body);
    return first !== undefined && first !== post.body;
  });
  return shared.map(({ post }) => ({ where, what: `${nameOf(post)}: expected an id of its own, got that of another body` }));
};

export const judgeDoor = (plan: Pick<Plan, 'waves'>, evidence: DoorEvidence): readonly Difference[] => [
  ...evidence.posted.flatMap(judgeAnswer),
  ...judgeNumbers(plan, evidence.posted),
  ...judgeRepeats(evidence),
  ...judgeIds(evidence.posted),
];
