import { createHash } from 'node:crypto';
import { attributeBytes, limits, utf8Bytes } from './limits';
import { redriveAttribute, type RedriveHistory, writeHistory } from './on-call/redrive-history';
import { deadLetterAttributes, type Rejection } from './rejection';

interface Told {
  readonly message: {
    readonly id: string;
    readonly sentAtMs: number;
    readonly receiveCount: number;
    readonly history?: RedriveHistory;
  };
  /** Epoch ms. */
  readonly atMs: number;
}

/** A message that was refused, and when. */
export interface RefusedMessage extends Told {
  readonly rejection: Rejection;
}

/** Where a message can fail without being refused. */
export type FailingStep = 'receive' | 'validate' | 'buffer' | 'pass-on' | 'redrive' | 'set-aside';

/** A message that was neither admitted nor refused, and comes again. */
export interface FailingMessage extends Told {
  readonly step: FailingStep;
  /** Names errors and places, never values. */
  readonly detail: string;
}

const longestValue = 500;

/** What SQS does not take in text: control characters but tab and line ends, lone surrogates, U+FFFE and U+FFFF. */
const notInSqs = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff\p{Surrogate}]/gu;

const attributeValue = (text: string): string => text.slice(0, longestValue).replace(notInSqs, '\ufffd');

type Story = Readonly<Record<string, string>>;
const names = deadLetterAttributes;

const isoTime = (ms: number): string => new Date(ms).toISOString();

/**
 * A dead letter's story, as message attributes: nine, and the history of one that had been moved back before. `by` is the name and
 * version of the program that refused it.
 */
export const deadLetterStory = ({ rejection, ...told }: RefusedMessage, by: string): Story =>
  storyOf(told, by, {
    [names.reason]: rejection.reason,
    [names.detail]: rejection.detail,
    [names.step]: rejection.step,
    [names.type]: rejection.type ?? '',
  });

/** The same of one that only fails, as long as it comes again: it has no reason. */
export const failureStory = ({ step, detail, ...told }: FailingMessage, by: string): Story =>
  storyOf(told, by, { [names.detail]: detail, [names.step]: step });

const storyOf = ({ message, atMs }: Told, by: string, why: Story): Story => {
  const story: Story = {
    ...why,
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

/** Under which the table keeps the story of a message that cannot carry it. */
export const bodySha256 = (body: string): string => createHash('sha256').update(body).digest('hex');

/** Whether body and story fit into one message; the body never gives way. */
export const storyFits = (body: string, story: Story): boolean => utf8Bytes(body) + attributeBytes(story) <= limits.messageBytes;
