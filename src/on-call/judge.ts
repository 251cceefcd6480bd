import { createHash } from 'node:crypto';
import { parseObject } from '../core/formats/parse';
import { unwrap } from '../core/formats/unwrap';
import type { FailureNote } from '../core/items';
import { isObject, textOrNull } from '../core/json';
import { groupOf, ruleOf } from '../core/on-call/fingerprint';
import { type LetterStory, storyOfEventBridge, storyOfFailure, storyOfWorker } from '../core/on-call/letter-story';
import { readHistory, redriveAttribute } from '../core/on-call/redrive-history';
import type { Stopped } from '../core/on-call/stopped';
import type { HeldLetter, LetterQueue } from '../ports-on-call';
import { outlookOf } from './letter-outlook';
import type { OnCallOutside } from './outside';
import { tryLetter, type Trial } from './try-letter';

export type JudgeOutside = Pick<OnCallOutside, 'registry' | 'storedEvents' | 'notes' | 'allowedSources'>;

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const untold: Omit<LetterStory, 'reason' | 'detail'> = {
  ...{ type: null, stoppedAtMs: null, beganAtMs: null, receiveCount: null, messageId: null },
};

/** Of a letter without a story on it: what the table knows, else who must have put it there. */
const storyFromNotes = ({ movedFromArn, sentAtMs }: HeldLetter, notes: readonly FailureNote[]): LetterStory => {
  const stories = notes.map(({ attributes }) => storyOfWorker(attributes) ?? storyOfFailure(attributes));
  const refused = stories.find(({ reason }) => reason !== 'gave-up');
  if (movedFromArn === null)
    return (
      refused ?? { ...untold, reason: 'unknown', detail: 'No worker and no queue says why it lies here: somebody put it here.' }
    );
  const failed = stories.find(({ reason }) => reason === 'gave-up');
  const detail = failed?.detail || 'SQS moved it after its last receive; no worker has said why.';
  // SQS leaves the time at which it was first sent.
  return { ...untold, ...failed, reason: 'gave-up', detail, stoppedAtMs: null, beganAtMs: sentAtMs };
};

const storyOf = async ({ notes }: JudgeOutside, place: LetterQueue['place'], letter: HeldLetter): Promise<LetterStory> => {
  if (place === 'eventbridge') return { ...storyOfEventBridge(letter.attributes), stoppedAtMs: letter.sentAtMs };
  const told = storyOfWorker(letter.attributes);
  if (told) return told;
  const story = storyFromNotes(letter, await notes.of(sha256(letter.body)));
  return story.reason === 'gave-up' ? story : { ...story, stoppedAtMs: story.stoppedAtMs ?? letter.sentAtMs };
};

/** Which schema describes it: that of the event that was refused, or of the only one. */
const subjectOf = ({ entries }: Trial, type: string | null): string | null =>
  (entries.find(({ name }) => name === type) ?? entries[0])?.subject?.subject ?? null;

interface Look {
  readonly letter: HeldLetter;
  readonly story: LetterStory;
  readonly trial: Trial;
}

const describeLetter = (
  { place, url }: Pick<LetterQueue, 'place' | 'url'>,
  { letter, story, trial }: Look,
): Omit<Stopped, 'outlook' | 'outlookDetail'> => {
  const { reason, detail, stoppedAtMs, beganAtMs } = story;
  const type = story.type ?? textOrNull(trial.entries[0]?.name.slice(0, 200));
  const cause = { place, reason, detail, type, subject: subjectOf(trial, type), rule: ruleOf(detail) };
  return {
    ...cause,
    id: letter.id,
    queueUrl: url,
    group: groupOf(cause),
    stoppedAtMs,
    beganAtMs,
    receiveCount: story.receiveCount ?? letter.receiveCount,
    conversationIds: trial.conversationIds.slice(0, 20),
    bytes: Buffer.byteLength(letter.body),
    bodySha256: sha256(letter.body),
    history: readHistory(letter.attributes[redriveAttribute]),
  };
};

/** What was published, in SNS's envelope or raw: whose it is and of which kind. */
const readPublished = ({
  body,
  attributes,
}: HeldLetter): { readonly kind: string | null; readonly conversationId: string | null } => {
  const parsed = parseObject(body, 'the body');
  const unwrapped = 'reason' in parsed ? parsed : unwrap(parsed.object);
  if ('reason' in unwrapped) return { kind: null, conversationId: null };
  const told = unwrapped.peeled[0]?.object['MessageAttributes'];
  const kind = isObject(told) && isObject(told['kind']) ? textOrNull(told['kind']['Value']) : textOrNull(attributes['kind']);
  return {
    kind: kind !== null && /^[a-z-]{1,40}$/.test(kind) ? kind : null,
    conversationId: textOrNull(unwrapped.object['conversationId']),
  };
};

const judgeNotification = ({ place, url }: Pick<LetterQueue, 'place' | 'url'>, letter: HeldLetter): Stopped => {
  const { kind, conversationId } = readPublished(letter);
  const code = /^[\w.-]{1,60}$/.exec(letter.attributes['ErrorCode'] ?? '')?.[0];
  const how =
    letter.movedFromArn === null ? 'SNS could not deliver it' : 'The subscriber received it to the last and did not delete it';
  const type = kind === null ? null : `tidemark.${kind}`;
  const cause = {
    place,
    reason: 'undelivered',
    detail: `${how}${code === undefined ? '' : ` (${code})`}.`,
    type,
    subject: type,
    rule: null,
  };
  const isMoved = letter.movedFromArn !== null;
  return {
    ...cause,
    id: letter.id,
    queueUrl: url,
    group: groupOf(cause),
    stoppedAtMs: isMoved ? null : letter.sentAtMs,
    beganAtMs: isMoved ? letter.sentAtMs : null,
    receiveCount: letter.receiveCount,
    conversationIds: conversationId === null ? [] : [conversationId.slice(0, 200)],
    bytes: Buffer.byteLength(letter.body),
    bodySha256: sha256(letter.body),
    history: readHistory(letter.attributes[redriveAttribute]),
    outlook: 'would-pass',
    outlookDetail: 'It can be delivered again; whether the subscriber takes it, only the subscriber knows.',
  };
};

/** What each letter of a queue is, and what the code of today would do with it. In their order; rejects only where the table does. */
export const judgeLetters = async (
  outside: JudgeOutside,
  queue: Pick<LetterQueue, 'place' | 'url'>,
  letters: readonly HeldLetter[],
): Promise<readonly Stopped[]> => {
  if (queue.place === 'subscription') return letters.map((letter) => judgeNotification(queue, letter));
  const { registry, allowedSources, storedEvents } = outside;
  const looks = await Promise.all(
    letters.map(async (letter): Promise<Look> => {
      const trial = await tryLetter(letter.body, registry, allowedSources ?? []);
      return { letter, trial, story: await storyOf(outside, queue.place, letter) };
    }),
  );
  const there = await storedEvents.thoseThere(looks.flatMap(({ trial }) => (trial.rejection === null ? trial.events : [])));
  const knowsSources = allowedSources !== null;
  return looks.map((look) => {
    const described = describeLetter(queue, look);
    const { reason, history } = described;
    return { ...described, ...outlookOf({ trial: look.trial, there, reason, history, knowsSources }) };
  });
};
