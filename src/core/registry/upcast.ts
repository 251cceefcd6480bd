import type { JsonObject } from '../json';
import type { Subject } from './subject';

/** From a body of one version to one of the next. Pure, and it changes nothing of what it is given: that is stored, and published as it came. */
export type Upcast = (body: JsonObject) => JsonObject;

/** Subject → the version that is left → how to get to the next. A step without an upcast leaves the body as it is. */
export type Upcasts = Readonly<Record<string, Readonly<Record<number, Upcast>>>>;

/** The upcasts of one subject, from the oldest version on. */
export type Steps = readonly { readonly from: number; readonly upcast: Upcast }[];

const versionText = /^[1-9]\d*$/;

/** Those that lead on from a version that the subject has. */
export const stepsOf = (upcasts: Upcasts, { subject, version }: Subject): Steps =>
  Object.entries(Object.hasOwn(upcasts, subject) ? (upcasts[subject] ?? {}) : {})
    .filter(([from]) => versionText.test(from) && Number(from) < version)
    .map(([from, upcast]) => ({ from: Number(from), upcast }))
    .sort((a, b) => a.from - b.from);

/** An upcast that nothing would ever pass through is a misspelt name or a forgotten version. */
export const upcastProblems = (upcasts: Upcasts, subjects: readonly Subject[]): readonly string[] =>
  Object.entries(upcasts).flatMap(([name, steps]) => {
    const subject = subjects.find((one) => one.subject === name);
    if (subject?.kind !== 'event') return [`upcasts: expected an event of the registry, got ${JSON.stringify(name)}`];
    const useful = stepsOf(upcasts, subject).map(({ from }) => String(from));
    return Object.keys(steps)
      .filter((from) => !useful.includes(from))
      .map((from) => `upcasts: ${name}: expected to lead on from a version before the newest, v${subject.version}, got ${from}`);
  });

export const applyUpcasts = (steps: Steps, body: JsonObject): JsonObject => steps.reduce((at, { upcast }) => upcast(at), body);
