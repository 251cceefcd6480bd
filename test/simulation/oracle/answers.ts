import type { Breach, Plan } from '../history';
import { breach, effectsOf, type Placed } from './effects';
import type { Evidence } from './evidence';

/*
 * Promise 4. A window is opened, opened again, brought forward or re-armed for a fact that was stored, and for nothing else: what is
 * only attached or passed on moves no window. Where nothing holds a writer up, that was a moment ago.
 *
 *   fact stored ──► head read ──► head changed
 */

const answers: ReadonlySet<string | undefined> = new Set(['created', 'reopened', 're-armed', 'brought forward', 'ending noted']);

const isAnswer = ({ from, to, how }: Placed<'head'>): boolean =>
  answers.has(how) || (to === 'open' && (from === 'missing' || from === 'closed'));

/** No call fails, stands still, or lands after its time. */
const isPrompt = ({ weather, delays, blows }: Plan): boolean =>
  weather.refused + weather.lost + weather.landsLate + weather.partial + weather.stalled === 0 &&
  delays.length === 0 &&
  blows.every(({ kind }) => ['kill', 'deploy', 'expire', 'redrive'].includes(kind));

/** A few calls, and as many answers; a giant takes some more. */
const momentOf = ({ weather }: Plan): number => 20 * weather.slowMs + 1_000;

export const judgeAnswers = ({ plan, history, conversations }: Evidence): readonly Breach[] => {
  const stored = new Map(
    conversations.map((one) => [one.script.conversationId, [...one.stored.values()].flat().sort((a, b) => a - b)]),
  );
  const withinMs = isPrompt(plan) ? momentOf(plan) : Infinity;
  const unasked = effectsOf(history, 'head').find((head) => {
    if (!isAnswer(head)) return false;
    const last = stored.get(head.conversationId)?.findLast((place) => place < head.place);
    return last === undefined || history.effects[last]!.atMs < head.atMs - withinMs;
  });
  if (!unasked) return [];
  const { conversationId, from, to, how, atMs } = unasked;
  const what = `${from} → ${to}${how ? ` (${how})` : ''}`;
  return [
    breach(4, atMs, `expected the window of ${conversationId} to be moved for a fact that was just stored, got ${what} for none`),
  ];
};
