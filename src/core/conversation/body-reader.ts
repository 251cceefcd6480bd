import { type Json, textOrNull } from '../json';
import type { Anomaly } from '../record';
import type { DurationName, Facts } from './facts';
import { nameEvent } from './instant';

/** Unit of a duration as sent. */
export const unitMs = { milliseconds: 1, seconds: 1000 } as const;

/** Sender's field → what it is called here. */
export type DurationFields<Field extends string> = { readonly [F in Field]?: DurationName };

type NamedEvent = Parameters<typeof nameEvent>[0];

/** Lower case, so that `VOICE` of the events and `voice` of the REST API are one value; unknown values stay what they are. */
export const lowerOrNull = (value: unknown): string | null => textOrNull(value)?.toLowerCase() ?? null;

/** The texts in a list; anything else in it, or instead of it, is absent. */
export const textsIn = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item): item is string => textOrNull(item) !== null) : [];

/**
 * Milliseconds must come as whole numbers; seconds may have a fraction and are rounded to the millisecond. What is negative,
 * or beyond what a number holds exactly, cannot have happened.
 */
const wholeMs = (value: number, unit: number): number | null => {
  const ms = unit === unitMs.milliseconds ? value : Math.round(value * unit);
  return Number.isSafeInteger(ms) && ms >= 0 ? ms : null;
};

/** The durations in a body. A wrong type is absent; an impossible number is absent and named. */
export const readDurations = <Field extends string>(
  event: NamedEvent,
  body: { readonly [F in Field]?: Json },
  fields: DurationFields<NoInfer<Field>>,
  unit: number = unitMs.milliseconds,
): Pick<Facts, 'durations' | 'anomalies'> => {
  const durations: Partial<Record<DurationName, number>> = {};
  const anomalies: Anomaly[] = [];
  for (const [field, name] of Object.entries(fields) as [Field, DurationName][]) {
    const value = body[field];
    if (typeof value !== 'number') continue;
    const ms = wholeMs(value, unit);
    if (ms !== null) durations[name] = ms;
    else anomalies.push({ kind: 'impossible-duration', detail: expectedDuration(event, field, value) });
  }
  return { durations, anomalies };
};

const expectedDuration = (event: NamedEvent, field: string, value: number): string =>
  `Expected ${field} of ${nameEvent(event)} to be a whole duration from 0 up to 2^53, got ${value}; taken as unknown.`;
