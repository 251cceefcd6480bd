import { smallWorlds } from './small-worlds';
import { timelineOf } from './timeline';
import { type Walk, walk } from './walk';

export interface WalkOptions {
  /** Switches away from an actor that could go on, in the first world; two fewer in its variants. 3 where nothing is said. */
  readonly preemptions?: number;
  /** Crashes and lost answers; 1 where nothing is said. */
  readonly faults?: number;
  /** Only worlds whose name has this in it. */
  readonly only?: string;
  readonly say?: (line: string) => void;
  readonly tell?: (progress: string) => void;
}

const summary = (name: string, { schedules, states, ends, runs, violation }: Walk, seconds: number): string =>
  `${name}: ${schedules} schedules, ${states} distinct states, ${ends} of them ends, ${runs} runs of the production code, ` +
  `${violation ? 1 : 0} violations (${seconds.toFixed(0)} s)`;

const onTerminal = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r${text}\u001b[K`);
};

/** Walks every small world; true when no way through any of them breaks a promise. */
export const walkAll = async (options: WalkOptions = {}): Promise<boolean> => {
  const { preemptions = 3, faults = 1, only = '', say = console.log, tell = onTerminal } = options;
  const worlds = smallWorlds.filter(({ name }) => name.includes(only));
  if (worlds.length === 0) throw new Error(`Expected a part of a small world's name, got ${only}.`);
  let isUnbroken = true;
  for (const world of worlds) {
    const most = world === smallWorlds[0] ? preemptions : Math.max(0, preemptions - 2);
    const sinceMs = performance.now();
    const walked = await walk({ world, breakage: (outside) => outside }, { preemptions: most, faults }, (states) =>
      tell(`${world.name}: ${states} states`),
    );
    tell('');
    say(`At most ${most} preemptions, ${faults} crash or lost answer:`);
    say(summary(world.name, walked, (performance.now() - sinceMs) / 1000));
    if (!walked.violation) continue;
    isUnbroken = false;
    for (const breach of walked.violation.breaches) say(`  ${breach}`);
    say(timelineOf(walked.violation.schedule));
  }
  return isUnbroken;
};
