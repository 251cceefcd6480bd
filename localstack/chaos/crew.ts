import { basics } from '../demo/stage';
import type { Child, Nursery } from '../demo/children';
import { workerEnvironment, type Places, type WorkerTimes } from '../demo/worker-environment';
import type { Hands, Holding } from './hands';
import type { Ledger } from './ledger';
import { openProxy, type Proxy, type Road } from './proxy';
import type { Trail } from './trail';

export interface Worker {
  readonly name: string;
  /** It has asked the queue for messages. Never, if it dies before. */
  readonly polls: Promise<void>;
}

export interface Crew {
  /** Those that nobody has told to stop, and that nobody has killed. */
  readonly onDuty: () => readonly Worker[];
  readonly start: () => Promise<Worker>;
  /** SIGKILL; answers what it had in its hands. */
  readonly kill: (worker: Worker) => Holding;
  /** SIGTERM, until it is gone. */
  readonly stop: (worker: Worker) => Promise<void>;
  /** How each ended that was told to stop. */
  readonly exits: () => readonly { readonly name: string; readonly exit: string }[];
  readonly children: () => readonly Child[];
}

export interface CrewOptions {
  readonly nursery: Nursery;
  readonly places: Places;
  readonly times: WorkerTimes;
  readonly hands: Hands;
  readonly ledger: Ledger;
  readonly trail?: Trail | undefined;
  readonly road: Pick<Road, 'pass' | 'mishap'>;
  /** How `node` runs the program, less the command. */
  readonly program: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

interface Member extends Worker {
  readonly child: Child;
  readonly proxy: Proxy;
}

const openRoad = ({ places, hands, ledger, road, trail }: CrewOptions, name: string, onPoll: () => void): Promise<Proxy> =>
  openProxy({
    ...road,
    upstream: places.awsUrl,
    asked: (call) => {
      ledger.called(call.service);
      trail?.asked(call);
      if (call.operation === 'ReceiveMessage') onPoll();
    },
    answered: (call, answer) => {
      trail?.answered(call, answer);
      hands.see(name, call, answer);
    },
  });

/** Workers that come and go, each with a way to AWS of its own, so that it is known what each has in its hands. */
export const openCrew = (options: CrewOptions): Crew => {
  const { nursery, places, hands, ledger, times } = options;
  const onDuty = new Map<string, Member>();
  const children: Child[] = [];
  let named = 0;
  const exits: { readonly name: string; readonly exit: string }[] = [];

  const dismiss = ({ name }: Worker): Member => {
    const member = onDuty.get(name);
    if (!member) throw new Error(`Expected ${name} to be on duty.`);
    onDuty.delete(name);
    return member;
  };

  return {
    onDuty: () => [...onDuty.values()],
    start: async () => {
      const name = `worker-${(named += 1)}`;
      ledger.started(name);
      let onPoll = (): void => undefined;
      const polls = new Promise<void>((resolve) => (onPoll = resolve));
      const proxy = await openRoad(options, name, () => onPoll());
      const env = { ...basics(), ...workerEnvironment({ ...places, awsUrl: proxy.url }, times), ...options.env };
      const child = nursery.start({ name, args: [...options.program, 'worker'], env });
      children.push(child);
      const member = { name, polls, child, proxy };
      onDuty.set(name, member);
      return member;
    },
    kill: (worker) => {
      const { name, child, proxy } = dismiss(worker);
      const holding = hands.of(name);
      child.kill();
      hands.forget(name);
      ledger.killed(name, holding);
      void proxy.close();
      return holding;
    },
    stop: async (worker) => {
      const { name, child, proxy } = dismiss(worker);
      const exit = await child.stop();
      exits.push({ name, exit });
      ledger.stopped(name, exit);
      hands.forget(name);
      await proxy.close();
    },
    exits: () => exits,
    children: () => children,
  };
};
