import { accepted, type Reading } from './reading';

/** A number that says something of the subject, or why there is none. */
export type Figure = { readonly kind: 'figure'; readonly value: number } | { readonly kind: 'refused'; readonly why: string };

export const figure = (value: number): Figure => ({ kind: 'figure', value });
export const refused = (why: string): Figure => ({ kind: 'refused', why });

/** From here on a process counts as busy: an event loop is never seen at work for all of a second. */
export const busyFrom = 0.9;

/** Who has no core for so much of the time shows what the machine does besides. */
export const waitedFrom = 0.3;

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

/** Of the rounds that say something; refused where they are the fewer. */
export const medianFigure = (rounds: readonly Figure[]): Figure => {
  const values = rounds.flatMap((each) => (each.kind === 'figure' ? [each.value] : []));
  const reason = rounds.find((each) => each.kind === 'refused');
  if (reason !== undefined && values.length * 2 <= rounds.length) return reason;
  return values.length === 0 ? refused('nothing was measured') : figure(median(values));
};

export const ratio = (of: Figure, to: Figure): Figure => {
  if (of.kind === 'refused') return of;
  if (to.kind === 'refused') return to;
  return to.value === 0 ? refused('the floor is 0') : figure(of.value / to.value);
};

const percent = (share: number): string => `${Math.round(share * 100)} %`;

/** Who else held the subject up: then its figures are the other's. */
export const othersBusy = ({ subject, generator, backend }: Reading): string | null => {
  if (subject.waited >= waitedFrom) return `it had no core for ${percent(subject.waited)} of the time`;
  if (generator !== null && generator.demand >= busyFrom) return `the load generator was busy (${percent(generator.demand)})`;
  if (backend !== null && backend.demand >= busyFrom) return `the backend was busy (${percent(backend.demand)})`;
  return null;
};

/** What the subject can do; where something else was the bottleneck it only shows what that can. */
const unlessOthers = (reading: Reading, value: number): Figure => {
  const why = othersBusy(reading);
  return why === null ? figure(value) : refused(why);
};

/** Busy itself, the subject has shown what it can, whoever else was busy besides. */
const isSubjectBusy = ({ subject }: Reading): boolean => subject.demand >= busyFrom && subject.waited < waitedFrom;

export const perSecond = (reading: Reading): Figure => {
  const value = (reading.done * 1_000) / reading.wallMs;
  return isSubjectBusy(reading) ? figure(value) : unlessOthers(reading, value);
};

/** Time waited for somebody else's core counts into it: a busy generator is never without effect. */
const unlessNone = (reading: Reading, value: number | undefined): Figure =>
  value === undefined ? refused('nothing was done') : unlessOthers(reading, value);

export const p50 = (reading: Reading, status = accepted): Figure => unlessNone(reading, reading.answers[status]?.p50Ms);
export const p99 = (reading: Reading, status = accepted): Figure => unlessNone(reading, reading.answers[status]?.p99Ms);

const perDone = (reading: Reading, value: number): Figure =>
  reading.done === 0 ? refused('nothing was done') : figure(value / reading.done);

/** CPU is counted by process: who else was busy makes little of a difference. */
export const cpuMicrosPerUnit = (reading: Reading): Figure => perDone(reading, reading.subject.cpuMs * 1_000);
export const callsPerUnit = (reading: Reading, operation: string): Figure => perDone(reading, reading.calls[operation] ?? 0);

const total = (counts: Readonly<Record<string, number>>): number => Object.values(counts).reduce((sum, count) => sum + count, 0);

/** All calls together. */
export const requestsPerUnit = (reading: Reading): Figure => perDone(reading, total(reading.calls));
/** Write units, the index's included. */
export const writeUnitsPerUnit = (reading: Reading): Figure => perDone(reading, reading.units.write + reading.units.indexWrite);
export const readUnitsPerUnit = (reading: Reading): Figure => perDone(reading, reading.units.read);
