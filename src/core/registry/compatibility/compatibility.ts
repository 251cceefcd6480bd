import type { JsonObject } from '../../json';
import { compareSchemas } from './schemas';
import type { SchemaChange } from './change';
import type { ReadingRules } from './pair';
import type { CompatibilityMode, Subject } from '../subject';
import { touches } from '../verdict';

/** A difference, and whom it hurts. */
export interface JudgedChange {
  /** The version that it is a difference from: the one before, or an older one that the steps between left readable. */
  readonly from: number;
  readonly path: string;
  readonly what: string;
  /** What breaks, and for whom. Empty: compatible. */
  readonly breaks: readonly string[];
}

/** What a version means for those who read and write the versions before it. */
export interface VersionVerdict {
  readonly subject: string;
  readonly version: number;
  readonly mode: CompatibilityMode;
  readonly changes: readonly JudgedChange[];
  readonly isCompatible: boolean;
  /** Events of the version before are brought to this one. */
  readonly hasUpcast: boolean;
  /** Compatible, or breaking with an upcast. */
  readonly isAllowed: boolean;
}

/** What the verdict rests on besides the two schemas. */
export interface Neighbours {
  /** Any schema of the registry, by its `$id`. */
  readonly find: (id: string) => JsonObject | undefined;
  /** Whether a function brings events of that version to the next. */
  readonly upcast: (subject: string, from: number) => boolean;
}

const rulesOf = ({ kind }: Subject): ReadingRules => ({
  nullIsAbsent: kind !== 'output',
  ignoresUnknownFields: kind === 'output',
});

/** An error there rejects a message. */
const isFatal = (subject: Subject, path: string): boolean =>
  subject.kind !== 'output' &&
  touches(
    path,
    subject.dependsOn.map((field) => `$.${field}`),
  );

const hurtByNarrowing = (subject: Subject, path: string, version: number): string => {
  if (subject.kind === 'output') return `what Tidemark emitted before v${version}, and others keep, is not valid by it`;
  return isFatal(subject, path)
    ? `messages and archives written before v${version} are refused: the subject depends on it`
    : `messages and archives written before v${version} are drift here, and not what reads the field by v${version} expects`;
};

const hurtByWidening = (subject: Subject, from: number): string =>
  subject.kind === 'output'
    ? `whoever reads what Tidemark emits by v${from} meets what v${from} does not allow`
    : `whoever still reads by v${from} meets what v${from} does not allow`;

const judgeChange = (
  subject: Subject,
  { path, what, narrows, widens }: SchemaChange,
  from: number,
  to: number,
): JudgedChange => ({
  from,
  path,
  what,
  breaks: [
    ...(narrows ? [hurtByNarrowing(subject, path, to)] : []),
    ...(widens && subject.compatibility === 'full' ? [hurtByWidening(subject, from)] : []),
  ],
});

const isBreaking = ({ breaks }: JudgedChange): boolean => breaks.length > 0;

/** Every difference between two versions, judged by the subject's mode. `versions`: v1 first. */
const judgeBetween = (
  subject: Subject,
  versions: readonly JsonObject[],
  [from, to]: readonly [number, number],
  find: Neighbours['find'],
): readonly JudgedChange[] => {
  const [before, after] = [versions[from - 1] ?? {}, versions[to - 1] ?? {}];
  return compareSchemas(before, after, rulesOf(subject), find).map((change) => judgeChange(subject, change, from, to));
};

/**
 * What breaks for older versions and not for the one before: a field that was removed and comes back with another type. Behind an
 * upcast nobody looks, its events do not arrive as they were.
 */
const brokenBehind = (
  subject: Subject,
  versions: readonly JsonObject[],
  version: number,
  { find, upcast }: Neighbours,
): readonly JudgedChange[] => {
  const older: JudgedChange[] = [];
  for (let from = version - 2; from >= 1 && !upcast(subject.subject, from); from -= 1) {
    const before = judgeBetween(subject, versions, [from, version - 1], find).filter(isBreaking);
    const known = new Set([...before, ...older].map(({ path }) => path));
    const now = judgeBetween(subject, versions, [from, version], find).filter(isBreaking);
    older.push(...now.filter(({ path }) => !known.has(path)));
  }
  return older;
};

/** What a version changes for those before it; of the first version, nothing. `versions`: v1 first. */
export const judgeVersion = (
  subject: Subject,
  versions: readonly JsonObject[],
  version: number,
  neighbours: Neighbours,
): VersionVerdict => {
  const hasUpcast = version > 1 && neighbours.upcast(subject.subject, version - 1);
  const step = version > 1 ? judgeBetween(subject, versions, [version - 1, version], neighbours.find) : [];
  const broken = new Set(step.filter(isBreaking).map(({ path }) => path));
  const behind = hasUpcast ? [] : brokenBehind(subject, versions, version, neighbours);
  const changes = [...step, ...behind.filter(({ path }) => !broken.has(path))];
  const isCompatible = !changes.some(isBreaking);
  const { subject: name, compatibility: mode } = subject;
  return { subject: name, version, mode, changes, isCompatible, hasUpcast, isAllowed: isCompatible || hasUpcast };
};
