import type { Breach, Plan } from '../history';
import { isCalm, isOnlyDeployed } from './conditions';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';
import type { MessageTrail } from './message-trails';

/*
 * Promise 6. A bad message never blocks or fails its neighbours; it is set aside on first receipt, byte for byte, with its
 * reason, and nothing else is. What the queue's own redrive policy takes is a promise broken as well: which one, its cause says.
 */

/** The newest worker in a place knows the types of the day it started. */
const knowsByNow = ({ plan, history }: Evidence, letter: Placed<'setAside'>): boolean => {
  if (plan.learns === null) return false;
  const { atMs: learnsAtMs } = plan.learns;
  const starts = effectsOf(history, 'worker').filter((one) => one.what === 'starts' && one.worker === letter.worker);
  // An old one in the same place may still be on its way out: only where none started before is there no doubt.
  return starts.length > 0 && starts.every(({ atMs }) => atMs >= learnsAtMs);
};

const judgeLetter = (evidence: Evidence, { sent, truth }: MessageTrail, letter: Placed<'setAside'>): readonly Breach[] => {
  const { messageId, atMs, reason, receiveCount } = letter;
  const { rejection } = truth;
  if (rejection === null) return [breach(6, atMs, `expected ${messageId} to be admitted, got it set aside as ${reason}`)];
  return [
    ...(letter.body === sent.body
      ? []
      : [
          breach(6, atMs, `expected ${messageId} to be set aside byte for byte, got ${JSON.stringify(letter.body.slice(0, 80))}`),
        ]),
    ...(reason === rejection.reason
      ? []
      : [breach(6, atMs, `expected ${messageId} to be set aside as ${rejection.reason}, got ${reason}`)]),
    ...(rejection.knownFromMs !== null && knowsByNow(evidence, letter)
      ? [breach(6, atMs, `expected ${messageId} to be admitted by a worker that knows its type, got it set aside as ${reason}`)]
      : []),
    ...(isCalm(evidence.plan) && receiveCount !== 1
      ? [breach(6, atMs, `expected ${messageId} to be set aside on first receipt, got receive ${receiveCount}`)]
      : []),
  ];
};

/** Without faults there is one letter for each bad message; a deploy does not make it two. */
const judgeCopies = ({ plan }: Evidence, { setAside, sent }: MessageTrail): readonly Breach[] => {
  const [, second] = setAside;
  if (!second || !(isCalm(plan) || isOnlyDeployed(plan))) return [];
  const promise = isCalm(plan) ? 6 : 8;
  return [breach(promise, second.atMs, `expected ${sent.messageId} to be set aside once, got ${setAside.length} letters`)];
};

const culpritOf = (plan: Plan): 6 | 7 | 8 => {
  if (plan.blows.some((blow) => blow.kind === 'outage')) return 7;
  return isOnlyDeployed(plan) && plan.blows.length > 0 ? 8 : 6;
};

const judgeOverflow = ({ plan }: Evidence, { sent, overflowed, truth }: MessageTrail): readonly Breach[] =>
  overflowed
    .slice(0, 1)
    .map(({ atMs }) =>
      breach(
        culpritOf(plan),
        atMs,
        `expected ${sent.messageId} to be ${truth.rejection === null ? 'admitted' : 'set aside with its reason'}, got it past its last receive`,
      ),
    );

/** Nothing of a bad message may get into a conversation. */
const judgeStrangers = ({ conversations }: Evidence): readonly Breach[] =>
  conversations.flatMap(({ strangers, script }) =>
    strangers
      .slice(0, 1)
      .map(({ atMs, raw }) =>
        breach(
          6,
          atMs,
          `expected only what happened to be stored of ${script.conversationId}, got ${JSON.stringify(raw).slice(0, 120)}`,
        ),
      ),
  );

export const judgeBadMessages = (evidence: Evidence): readonly Breach[] => [
  ...evidence.messages.flatMap((trail) => [
    ...trail.setAside.flatMap((letter) => judgeLetter(evidence, trail, letter)),
    ...judgeCopies(evidence, trail),
    ...judgeOverflow(evidence, trail),
  ]),
  ...judgeStrangers(evidence),
];
