import type { StoppedPlace } from '../../core/on-call/stopped';
import type { PlaceRead } from '../../on-call/read-inbox';
import { type Looked, queueName } from './look';

/* What every list of the inbox says beside what is in it: when it was read, how far, and what was not looked at. */

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const;

/** In the largest unit of which there are two: `47 h`, `3 d`. */
export const ageText = (ms: number): string => {
  const [unit, size] = units.find(([, one]) => ms >= 2 * one) ?? ['s', 1_000];
  return `${Math.floor(Math.max(0, ms) / size)} ${unit}`;
};

/** To the second, UTC. */
export const timeText = (ms: number | null): string => (ms === null ? '–' : new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z'));

export const instant = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** Senders chose what types are called: nothing that moves a cursor. */
export const printable = (text: string): string => text.replaceAll(/[\p{Cc}\p{Cf}\p{Surrogate}]/gu, '\uFFFD');

/** With room for what stands beside it; the end tells more than the beginning. */
export const shortened = (text: string, length: number): string =>
  text.length <= length ? printable(text) : `…${printable(text.slice(text.length - length + 1))}`;

const placeNames: Readonly<Record<StoppedPlace, string>> = {
  worker: "the worker's dead letters",
  eventbridge: "EventBridge's dead letters",
  subscription: "a subscription's dead letters",
  window: 'parked windows',
  execution: 'failed executions',
};

const nameOf = ({ place, queueUrl }: PlaceRead): string =>
  `${placeNames[place]}${queueUrl === null ? '' : ` (${queueName(queueUrl)})`}`;

const howFar = (read: PlaceRead): readonly string[] => {
  const { met, hidden, end } = read;
  switch (end) {
    case 'through':
    case 'enough':
      return hidden > 0 ? [`Of ${nameOf(read)} about ${hidden} were in other hands and could not be met; look again.`] : [];
    case 'stopped':
      return [`Of ${nameOf(read)} only ${met} were met: it was ended early.`];
    case 'limit':
    case 'full':
      return [`Of ${nameOf(read)} only ${met} were met: more cannot be looked at together. Mend these first.`];
  }
};

/** Whether something was left out that was to be looked at. */
export const isUnfinished = ({ inbox }: Looked): boolean => inbox.places.some(({ end }) => end !== 'through');

export const lookLines = ({ inbox, isFromBefore }: Looked, nowMs: number): readonly string[] => [
  ...(isFromBefore ? [`As it was ${ageText(nowMs - inbox.readAtMs)} ago; --refresh looks anew.`] : []),
  ...inbox.places.flatMap(howFar),
  ...(inbox.startedAgain > 0 ? [`${inbox.startedAgain} failed executions were started again since and are not listed.`] : []),
  ...inbox.notLookedAt.map(({ place, why }) => `Not looked at: ${placeNames[place]}. ${why}`),
];

/** The same for programs. */
export const lookJson = ({ inbox, isFromBefore }: Looked) => ({
  readAt: instant(inbox.readAtMs),
  fromBefore: isFromBefore,
  places: inbox.places,
  startedAgain: inbox.startedAgain,
  notLookedAt: inbox.notLookedAt,
});
