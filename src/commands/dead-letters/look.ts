import { Presets, SingleBar } from 'cli-progress';
import type { StoppedFilter } from '../../core/on-call/filter';
import { matcherOf } from '../../on-call/match';
import type { OnCallOutside } from '../../on-call/outside';
import { type Inbox, readInbox, type ReadOptions } from '../../on-call/read-inbox';
import { keepInbox, recentInbox } from '../../on-call/snapshot';
import type { LetterQueue } from '../../ports-on-call';
import { errorName } from '../../on-call/error-name';
import type { OnCallTerminal } from '../on-call-terminal';
import { snapshotOf } from './snapshot-file';

/** An inbox, and whether somebody read it before. */
export interface Looked {
  readonly inbox: Inbox;
  readonly isFromBefore: boolean;
}

/** What is older is read anew: nobody redrives by a list of an hour ago. */
const maxAgeMs = 15 * 60_000;

export const queueName = (url: string): string => url.slice(url.lastIndexOf('/') + 1);

/** Says what looking costs the others, and for a person how far it is. */
export const watchedReading = ({ err, isWatched, stop }: OnCallTerminal) => {
  let bar: SingleBar | null = null;
  const end = (): void => bar?.stop();
  const options: ReadOptions = {
    stop: stop(),
    onQueue: (queue: LetterQueue, letters: number, hideSeconds: number) => {
      end();
      err(
        `Looks at queue ${queueName(queue.url)}, about ${letters} letters. Others may miss a letter for at most ${hideSeconds} seconds while it is looked at.\n`,
      );
      bar =
        isWatched && letters > 100
          ? new SingleBar({ format: '{bar} {value} of about {total}', stream: process.stderr }, Presets.shades_classic)
          : null;
      bar?.start(letters, 0);
    },
    onProgress: (met) => bar?.update(met),
  };
  return { options, end };
};

const readAnew = async (outside: OnCallOutside, filter: StoppedFilter, terminal: OnCallTerminal): Promise<Inbox> => {
  const { options, end } = watchedReading(terminal);
  try {
    return await readInbox(outside, { ...options, filter });
  } finally {
    end();
  }
};

const keep = async (outside: OnCallOutside, inbox: Inbox, { err }: OnCallTerminal): Promise<void> => {
  if (inbox.places.some(({ end }) => end === 'stopped')) return;
  await keepInbox(snapshotOf(outside), outside, inbox).catch((error: unknown) =>
    err(`What was found is not kept for the next look: ${errorName(error)}.\n`),
  );
};

const recent = (outside: OnCallOutside, { err }: OnCallTerminal): Promise<Inbox | null> =>
  recentInbox(snapshotOf(outside), outside, maxAgeMs).catch((error: unknown) => {
    err(`What was found before cannot be read, so it is looked for anew: ${errorName(error)}.\n`);
    return null;
  });

/** What a filter asks for that no list from before can answer, or that is quickly looked for alone. */
const isNarrow = ({ where, places }: StoppedFilter): boolean => where !== undefined || places !== undefined;

/** What has stopped and passes the filter: from the last look if that is recent, else read anew, and kept for the next. */
export const lookAtInbox = async (
  outside: OnCallOutside,
  filter: StoppedFilter,
  refresh: boolean,
  terminal: OnCallTerminal,
): Promise<Looked> => {
  const known = refresh || filter.where !== undefined ? null : await recent(outside, terminal);
  if (known === null && isNarrow(filter)) return { inbox: await readAnew(outside, filter, terminal), isFromBefore: false };
  const inbox = known ?? (await readAnew(outside, {}, terminal));
  if (known === null) await keep(outside, inbox, terminal);
  const matches = matcherOf(filter, outside.clock.nowMs());
  return { inbox: { ...inbox, stopped: inbox.stopped.filter((one) => matches(one, null)) }, isFromBefore: known !== null };
};
