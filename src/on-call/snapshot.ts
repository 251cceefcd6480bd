import { createHash } from 'node:crypto';
import type { Stopped } from '../core/on-call/stopped';
import type { OnCallOutside } from './outside';
import type { Inbox } from './read-inbox';

/*
 * The inbox as it was at one time, for whoever looks again a minute later: a queue of a hundred thousand takes minutes to read.
 * Lines of JSON: a heading, then one line for each that has stopped. No bodies, no customer data.
 */

const layout = 1;

/** Where one snapshot is kept. */
export interface SnapshotStore {
  /** Null where there is none. */
  readonly read: () => Promise<string | null>;
  /** As a whole, or not at all. */
  readonly replace: (text: string) => Promise<void>;
}

interface Heading {
  readonly layout: typeof layout;
  /** What it is a snapshot of, and by which code it was judged. */
  readonly of: string;
  readonly entries: number;
  readonly inbox: Omit<Inbox, 'stopped'>;
}

type Places = Pick<OnCallOutside, 'letterQueues' | 'notLookedAt' | 'executions'>;

/** Names the installation: whoever looks elsewhere has another one. */
export const snapshotName = ({ letterQueues }: Places): string =>
  createHash('sha256')
    .update(JSON.stringify(letterQueues.map(({ url }) => url)))
    .digest('hex')
    .slice(0, 16);

/** With another program, another registry or other places to look at, another verdict. */
const judgedBy = (outside: Places & Pick<OnCallOutside, 'program' | 'registry' | 'allowedSources'>): string => {
  const { program, registry, allowedSources, letterQueues, notLookedAt, executions } = outside;
  const places = [letterQueues.map(({ url }) => url), notLookedAt, executions !== null];
  return createHash('sha256')
    .update(JSON.stringify([program, registry.subjects, allowedSources, places]))
    .digest('hex')
    .slice(0, 16);
};

type Judge = Parameters<typeof judgedBy>[0];

const textOf = (of: string, { stopped, ...inbox }: Inbox): string => {
  const heading: Heading = { layout, of, entries: stopped.length, inbox };
  return `${[heading, ...stopped].map((line) => JSON.stringify(line)).join('\n')}\n`;
};

const parse = (text: string): { readonly of: string; readonly inbox: Inbox } | null => {
  const lines = text.split('\n').slice(0, -1);
  const heading = JSON.parse(lines[0] ?? 'null') as Heading | null;
  if (heading?.layout !== layout || heading.entries !== lines.length - 1) return null;
  return { of: heading.of, inbox: { ...heading.inbox, stopped: lines.slice(1).map((line) => JSON.parse(line) as Stopped) } };
};

/** Null for what is torn, of another layout, of another place, or judged by other code. */
const readSnapshot = async (store: SnapshotStore, outside: Judge): Promise<Inbox | null> => {
  const text = await store.read();
  if (text === null) return null;
  try {
    const found = parse(text);
    return found?.of === judgedBy(outside) ? found.inbox : null;
  } catch {
    return null;
  }
};

/** The inbox, if somebody has read it at most so long ago. */
export const recentInbox = async (
  store: SnapshotStore,
  outside: Judge & Pick<OnCallOutside, 'clock'>,
  maxAgeMs: number,
): Promise<Inbox | null> => {
  const found = await readSnapshot(store, outside);
  return found !== null && outside.clock.nowMs() - found.readAtMs <= maxAgeMs ? found : null;
};

export const keepInbox = (store: SnapshotStore, outside: Judge, inbox: Inbox): Promise<void> =>
  store.replace(textOf(judgedBy(outside), inbox));

/** What was moved or removed since is in it no more. */
export const forgetInSnapshot = async (store: SnapshotStore, outside: Judge, ids: ReadonlySet<string>): Promise<void> => {
  const found = await readSnapshot(store, outside);
  if (found === null) return;
  const left = found.stopped.filter(({ id }) => !ids.has(id));
  if (left.length < found.stopped.length) await keepInbox(store, outside, { ...found, stopped: left });
};
