import { Presets, SingleBar } from 'cli-progress';
import type { OnCallTerminal } from '../on-call-terminal';

export interface LettersProgress {
  readonly show: (done: number) => void;
  readonly end: () => void;
}

/** Fewer are done before anybody wonders. */
const worthShowing = 100;

const silent: LettersProgress = { show: () => undefined, end: () => undefined };

const bar = (total: number): LettersProgress => {
  const single = new SingleBar({ format: '{bar} {value} of {total}', stream: process.stderr }, Presets.shades_classic);
  single.start(total, 0);
  return { show: (done) => single.update(done), end: () => single.stop() };
};

/** Nobody watches: a line for every tenth. */
const lines = (total: number, err: OnCallTerminal['err']): LettersProgress => {
  let lastTenth = 0;
  return {
    show: (done) => {
      const tenth = Math.floor((done * 10) / total);
      if (tenth > lastTenth) err(`${done} of ${total}\n`);
      lastTenth = Math.max(lastTenth, tenth);
    },
    end: () => undefined,
  };
};

export const lettersProgress = ({ isWatched, err }: OnCallTerminal, total: number): LettersProgress =>
  total < worthShowing ? silent : isWatched ? bar(total) : lines(total, err);
