import type { StoppedFilter } from '../../core/on-call/filter';
import type { OnCallOutside } from '../../on-call/outside';
import { type Inbox, readInbox } from '../../on-call/read-inbox';
import type { StopSignals } from '../../ports';
import type { OnCallTerminal } from '../on-call-terminal';
import { watchedReading } from './look';

export interface Surveyed {
  readonly inbox: Inbox;
  /** Of the same terminal: what ends the look ends what comes after it. */
  readonly stop: StopSignals;
}

/** What passes a filter now, never from a list of before: it is about to be changed. */
export const survey = async (outside: OnCallOutside, filter: StoppedFilter, terminal: OnCallTerminal): Promise<Surveyed> => {
  const stop = terminal.stop();
  const { options, end } = watchedReading({ ...terminal, stop: () => stop });
  try {
    return { inbox: await readInbox(outside, { ...options, filter }), stop };
  } finally {
    end();
  }
};
