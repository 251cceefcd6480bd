import { storyFits } from '../dead-letter';
import { limits } from '../limits';
import { deadLetterAttributes } from '../rejection';
import { readHistory, redriveAttribute, type RedriveHistory, writeHistory } from './redrive-history';

/** A dead letter, as it lies in its queue. */
export interface LyingLetter {
  readonly id: string;
  readonly body: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly attributesLost?: true;
}

type Attributes = Readonly<Record<string, string>>;

/** How a letter leaves. */
export type Stamped =
  | {
      readonly attributes: Attributes;
      /** Attributes that found no room beside the history; empty where all did. */
      readonly gaveWay: Attributes;
      /** False: not even the history found room, so nobody will say what came of it. */
      readonly isTracked: boolean;
    }
  | { readonly cannot: string };

const isName = (text: string | undefined): text is string => text !== undefined && /^[\w.-]{1,100}$/.test(text);

/** What it is known by from now on: the id of its first delivery stays, however often it moves. */
export const nextHistory = ({ id, attributes }: LyingLetter, job: string): RedriveHistory => {
  const before = readHistory(attributes[redriveAttribute]);
  const told = attributes[deadLetterAttributes.messageId];
  return {
    first: before?.first ?? (isName(told) ? told : id),
    times: (before?.times ?? 0) + 1,
    job,
    letter: id,
    ...(before?.edited ? { edited: true } : {}),
  };
};

const storyNames: ReadonlySet<string> = new Set(Object.values(deadLetterAttributes));

/** What EventBridge says of a delivery that failed: it is over with the next one. */
const ofEventBridge: ReadonlySet<string> = new Set([
  'ERROR_CODE',
  'ERROR_MESSAGE',
  'EXHAUSTED_RETRY_CONDITION',
  'RETRY_ATTEMPTS',
  'RULE_ARN',
  'TARGET_ARN',
]);

const split = (attributes: Attributes): { readonly story: Attributes; readonly others: Attributes } => {
  const all = Object.entries(attributes).filter(([name]) => name !== redriveAttribute && !ofEventBridge.has(name));
  return {
    story: Object.fromEntries(all.filter(([name]) => storyNames.has(name))),
    others: Object.fromEntries(all.filter(([name]) => !storyNames.has(name))),
  };
};

const fits = (body: string, attributes: Attributes): boolean =>
  Object.keys(attributes).length <= limits.messageAttributes && storyFits(body, attributes);

/** The body never gives way, and what somebody else attached does not; our story does, and after it our history. */
export const stamp = (letter: LyingLetter, job: string): Stamped => {
  const { body } = letter;
  if (letter.attributesLost) return { cannot: 'it has attributes that are no plain text, and would lose them' };
  const { story, others } = split(letter.attributes);
  const history = { [redriveAttribute]: writeHistory(nextHistory(letter, job)) };
  const whole = { ...story, ...others, ...history };
  if (fits(body, whole)) return { attributes: whole, gaveWay: {}, isTracked: true };
  const bare = { ...others, ...history };
  if (fits(body, bare)) return { attributes: bare, gaveWay: story, isTracked: true };
  if (fits(body, others)) return { attributes: others, gaveWay: { ...story, ...history }, isTracked: false };
  return { cannot: 'its body and its attributes are more than a message can hold' };
};
