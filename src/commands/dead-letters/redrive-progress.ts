import { Presets, SingleBar } from 'cli-progress';
import type { RedriveCounts } from '../../core/on-call/redrive-counts';
import type { OnCallTerminal } from '../on-call-terminal';

export interface RedriveProgress {
  readonly show: (counts: RedriveCounts) => void;
  readonly end: () => void;
}

const doneOf = ({ selected, left }: RedriveCounts): number => selected - left;

const bar = (): RedriveProgress => {
  const format = '{bar} {value} of {total} | {admitted} admitted, {refused} refused, {unanswered} unanswered';
  const single = new SingleBar({ format, stream: process.stderr, hideCursor: true }, Presets.shades_classic);
  let isBegun = false;
  return {
    show: (counts) => {
      if (!isBegun) single.start(counts.selected, doneOf(counts), { ...counts });
      isBegun = true;
      single.update(doneOf(counts), { ...counts });
    },
    end: () => single.stop(),
  };
};

/** Nobody watches: a line for every tenth. */
const lines = (err: OnCallTerminal['err']): RedriveProgress => {
  let lastTenth = 0;
  return {
    show: (counts) => {
      const tenth = Math.floor((doneOf(counts) * 10) / Math.max(1, counts.selected));
      if (tenth <= lastTenth) return;
      lastTenth = tenth;
      const { selected, admitted, refused, unanswered } = counts;
      err(`${doneOf(counts)} of ${selected}: ${admitted} admitted, ${refused} refused, ${unanswered} unanswered\n`);
    },
    end: () => undefined,
  };
};

export const redriveProgress = ({ isWatched, err }: OnCallTerminal): RedriveProgress => (isWatched ? bar() : lines(err));
