import { attributeBytes, limits, utf8Bytes } from './limits';
import { redriveAttribute, type RedriveHistory, writeHistory } from './on-call/redrive-history';
import { deadLetterAttributes, type Rejection } from './rejection';

/** A message that was refused, and when, epoch ms. */
export interface RefusedMessage {
  readonly message: {
    readonly id: string;
    readonly sentAtMs: number;
    readonly receiveCount: number;
    readonly history?: RedriveHistory;
  };
  readonly rejection: Rejection;
  readonly atMs: number;
}

const longestValue = 500;

/** What SQS does not take in text: control characters but tab and line ends, lone surrogates, U+FFFE and U+FFFF. */
const notInSqs = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

const attributeValue = (text: string): string => text.slice(0, longestValue).replace(notInSqs, '\ufffd');

const isoTime = (ms: number): string => new Date(ms).toISOString();

/**
 * A dead letter's story, as message attributes: nine, and the history of one that had been moved back before. `by` is the name and
 * version of the program that refused it.
 */
export const deadLetterStory = ({ message, rejection, atMs }: RefusedMessage, by: string): Readonly<Record<string, string>> => {
  const names = deadLetterAttributes;
  const story: Record<string, string> = {
    [names.reason]: rejection.reason,
    [names.detail]: rejection.detail,
    [names.step]: rejection.step,
    [names.type]: rejection.type ?? '',
    [names.at]: isoTime(atMs),
    [names.receiveCount]: String(message.receiveCount),
    [names.sentAt]: isoTime(message.sentAtMs),
    [names.messageId]: message.id,
    [names.by]: by,
    ...(message.history ? { [redriveAttribute]: writeHistory(message.history) } : {}),
  };
  // SQS refuses an attribute without a value.
  const told = Object.entries(story).filter(([, value]) => value !== '');
  return Object.fromEntries(told.map(([name, value]) => [name, attributeValue(value)]));
};

/** Whether body and story fit into one message; the body never gives way. */
export const storyFits = (body: string, story: Readonly<Record<string, string>>): boolean =>
  utf8Bytes(body) + attributeBytes(story) <= limits.messageBytes;
