import { readFileSync } from 'node:fs';
import { seededChance } from '../../traffic/chance';
import type { Nursery } from '../children';
import type { DoorEvidence } from '../judge/door';
import type { Output } from '../judge/leaks';
import type { PlannedMessage } from '../../traffic/traffic';
import type { Stage, WorkerProgram } from '../stage';
import { readMetrics } from '../worker-metrics';
import { deliverByDoor } from './deliver';
import { mintSecrets } from './secrets';
import { openSender, type Posted, type Sender } from './sender';
import { freePort, startDoor, type Door } from './start';
import type { DoorResult } from './summary';

/** One door, and those who post to it. */
export interface OpenDoor {
  readonly deliver: (messages: readonly PlannedMessage[]) => Promise<void>;
  /** Answers how it ended. */
  readonly stop: () => Promise<{ readonly name: string; readonly exit: string }>;
  /** All that it printed or said. */
  readonly outputs: () => readonly Output[];
  readonly canaries: ReturnType<typeof mintSecrets>['canaries'];
  readonly evidence: () => DoorEvidence;
  readonly result: () => DoorResult;
}

/** For one post. */
const patienceMs = 60_000;

export const answersOf = (posted: readonly Posted[]): Output => ({
  name: 'answers of ingest',
  text: posted.map(({ answer }) => answer?.text ?? '').join('\n'),
});

interface Around {
  readonly nursery: Nursery;
  readonly stage: Stage;
  readonly program: WorkerProgram;
  readonly seed: string;
}

const programOf = (program: WorkerProgram): readonly string[] => {
  if (typeof program === 'function')
    throw new Error('Expected a program that runs on this machine: a container has no port here.');
  return program;
};

const openDoorOf = ({ child }: Door, sender: Sender, deliver: OpenDoor['deliver']) => {
  const log = (): string => readFileSync(child.logFile, 'utf8');
  const metrics = () => readMetrics([log()]);
  return {
    deliver,
    stop: async () => ({ name: child.name, exit: await child.stop() }),
    outputs: () => [{ name: child.name, text: log() }, answersOf(sender.posted())],
    evidence: () => ({ posted: sender.posted(), keysMissed: metrics().total('PostKeysMissed') }),
    result: () => ({ posted: sender.posted(), metrics: metrics() }),
  };
};

/** Resolves when it takes posts. */
export const openDoor = async ({ nursery, stage, program, seed }: Around): Promise<OpenDoor> => {
  const secrets = mintSecrets();
  const port = await freePort();
  const door = startDoor(nursery, { name: 'ingest', port, program: programOf(program), secrets, places: stage.places });
  await door.isOpen;
  const sender = openSender({ doors: [door.url], secrets, patienceMs });
  const chance = seededChance(`${seed}/posts`);
  const opened = openDoorOf(door, sender, (messages) => deliverByDoor(stage, { sender, chance }, messages));
  return { ...opened, canaries: secrets.canaries };
};
