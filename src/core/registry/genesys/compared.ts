import { isObject, textOrNull, type Json, type JsonObject } from '../../json';
import type { RegistryFile } from '../folder';

/** When the registry was last held against what Genesys says of its topics, and against what. */
export interface Compared {
  /** YYYY-MM-DD, UTC. */
  readonly comparedOn: string;
  readonly with: string;
  /** By subject: places that real payloads have shown though Genesys's schema lacks them. A comparison does not call them gone. */
  readonly seenInPayloads: ReadonlyMap<string, readonly string[]>;
}

/** Beside the folders of the registry, as its lock is. */
export const comparedPath = 'compared.json';

const dayMs = 86_400_000;
const longestDays = 30;
const howToCompare = 'run `tidemark schemas fetch --record`';

const readSeen = (seen: Json | undefined): Compared['seenInPayloads'] =>
  new Map(
    Object.entries(isObject(seen) ? seen : {}).map(([subject, paths]) => [
      subject,
      Array.isArray(paths) ? (paths as readonly Json[]).filter((path) => typeof path === 'string') : [],
    ]),
  );

/** Null if nobody has compared them, or the note of it cannot be used. */
export const readCompared = (files: readonly RegistryFile[]): Compared | null => {
  const content = files.find(({ path }) => path === comparedPath)?.content;
  if (!isObject(content)) return null;
  const comparedOn = textOrNull(content['comparedOn']);
  const source = textOrNull(content['with']);
  const isDay = comparedOn !== null && /^\d{4}-\d{2}-\d{2}$/.test(comparedOn) && !Number.isNaN(Date.parse(comparedOn));
  if (!isDay || source === null) return null;
  return { comparedOn, with: source, seenInPayloads: readSeen(content['seenInPayloads']) };
};

/** What the file says of a comparison. */
export const comparedFile = ({ seenInPayloads, ...compared }: Compared): JsonObject => ({
  ...compared,
  ...(seenInPayloads.size > 0 && { seenInPayloads: Object.fromEntries(seenInPayloads) }),
});

/** Whole days since then. Below zero for a day that is still to come. */
export const daysSinceCompared = ({ comparedOn }: Compared, nowMs: number): number =>
  Math.floor((nowMs - Date.parse(comparedOn)) / dayMs);

/** What to say of a comparison that is too old, missing, or dated in the future; null for one that is recent enough. */
export const comparisonWarning = (compared: Compared | null, nowMs: number): string | null => {
  if (compared === null)
    return `Expected ${comparedPath} to say when the registry was last compared with Genesys, found no such note; ${howToCompare}.`;
  const days = daysSinceCompared(compared, nowMs);
  const found = `${comparedPath} says ${compared.comparedOn}, with ${compared.with}`;
  // A day ahead is only a time zone.
  if (days < -1) return `Expected the last comparison with Genesys in the past, ${found}; ${howToCompare}.`;
  if (days <= longestDays) return null;
  return `The registry was last compared with Genesys ${days} days ago, expected at most ${longestDays}: ${found}; ${howToCompare}.`;
};
