import { storyFits } from '../core/dead-letter';
import { parseObject } from '../core/formats/parse';
import { type ChangedPath, changedPaths } from '../core/on-call/changed-paths';
import { redriveAttribute, writeHistory } from '../core/on-call/redrive-history';
import { nextHistory, stamp } from '../core/on-call/redrive-stamp';
import type { HeldLetter, LetterDestination, LetterQueue, OutgoingLetter } from '../ports-on-call';
import type { Archive, Problem } from './archive-file';
import { archivedLetter, sha256 } from './archive-line';
import type { Ended, OpenTrail } from './audit';
import { errorName } from './error-name';
import type { OnCallOutside } from './outside';
import { tryLetter } from './try-letter';

/** A letter, the body that somebody wrote for it, and what was found of the two before anything is done. */
export interface Edit {
  readonly queue: LetterQueue;
  readonly letter: HeldLetter;
  readonly body: string;
  readonly to: LetterDestination;
  readonly before: string;
  readonly after: string;
  /** Null where one of them is no JSON object. */
  readonly changed: readonly ChangedPath[] | null;
  /** Events that the code of today makes of the new body. */
  readonly events: number;
}

type EditOutside = Pick<OnCallOutside, 'registry' | 'allowedSources' | 'destinationOf'>;

const differences = (before: string, after: string): readonly ChangedPath[] | null => {
  const [was, is] = [parseObject(before, 'the old body'), parseObject(after, 'the new body')];
  return 'reason' in was || 'reason' in is ? null : changedPaths(was.object, is.object);
};

/** Under this name the worker notes what came of it; it is no redrive that could be resumed. */
const jobOf = (operation: string): string => `edit-${operation}`;

/** As it leaves: with its story, and in its history that somebody wrote its body. */
const outgoing = ({ letter, body }: Pick<Edit, 'letter' | 'body'>, operation: string): OutgoingLetter | Problem => {
  const edited = { ...letter, body };
  const stamped = stamp(edited, jobOf(operation));
  if ('cannot' in stamped) return { problem: `letter ${letter.id} cannot be sent: ${stamped.cannot}.` };
  const history = { [redriveAttribute]: writeHistory({ ...nextHistory(edited, jobOf(operation)), edited: true }) };
  const attributes = { ...stamped.attributes, ...history };
  return stamped.isTracked && storyFits(body, attributes)
    ? { body, attributes }
    : { problem: `letter ${letter.id} cannot be sent: the new body leaves no room to say that it was edited.` };
};

/** Judges the new body by the code that runs here, as a worker would. */
export const prepareEdit = async (
  outside: EditOutside,
  { queue, letter, body }: Pick<Edit, 'queue' | 'letter' | 'body'>,
): Promise<Edit | Problem> => {
  const to = outside.destinationOf(queue);
  if (queue.place === 'subscription' || to === null)
    return {
      problem: `letter ${letter.id}: expected one on its way to the workers, got one of ${queue.url}. Redrive it instead.`,
    };
  if (body === letter.body) return { problem: `letter ${letter.id}: the new body is the old one. Redrive it instead.` };
  const trial = await tryLetter(body, outside.registry, outside.allowedSources ?? []);
  if (trial.fault !== null) return { problem: `The new body makes today's code fail with ${trial.fault}: a bug of ours.` };
  if (trial.rejection)
    return { problem: `The new body would be refused as well, as ${trial.rejection.reason}: ${trial.rejection.detail}` };
  const room = outgoing({ letter, body }, '0'.repeat(16));
  if ('problem' in room) return room;
  const changed = differences(letter.body, body);
  const events = trial.events.length + trial.passed;
  return { queue, letter, body, to, before: sha256(letter.body), after: sha256(body), changed, events };
};

const counts = (sent: number, removed: number): Ended['counts'] => ({ sent, removed });

/** The original into the file, the new body on its way, both noted, and then the letter out of its queue: never in none of them. */
export const performEdit = async (
  edit: Edit,
  keep: Archive,
  trail: OpenTrail,
): Promise<Ended & { gone: readonly HeldLetter[] }> => {
  const { letter, queue, to, before, after } = edit;
  const { id } = letter;
  const leaving = outgoing(edit, trail.operation);
  if ('problem' in leaving) throw new Error(leaving.problem);
  await keep.add([archivedLetter(queue, letter)]);
  const [sentAs = null] = await to.send([leaving]);
  if (sentAs === null)
    return { gone: [], counts: counts(0, 0), outcomes: [{ id, outcome: `failed: ${to.name} did not take it` }] };
  await trail.note([{ id, outcome: `sent to ${to.name} as ${sentAs}: body ${before} became ${after}` }]);
  const gone = await queue.remove([letter]).catch((error: unknown) => errorName(error));
  const isGone = typeof gone !== 'string' && gone.length > 0;
  const outcome = isGone ? 'removed' : `failed: still in the queue${typeof gone === 'string' ? ` (${gone})` : ''}`;
  return { gone: isGone ? [letter] : [], counts: counts(1, isGone ? 1 : 0), outcomes: [{ id, outcome }] };
};
