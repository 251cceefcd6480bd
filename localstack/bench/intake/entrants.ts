import { startScript, startWorker, type Program, type ProgramOptions } from '../worker/place';
import type { Nursery } from '../../demo/children';

/** Names that main.ts knows. */
export type ContenderName =
  'floor' | 'protocol-floor' | 'protocol-floor-prepared' | 'seed-as-it-comes' | 'seed-batched' | 'consumer-batch' | 'squiss';

export interface Entrant {
  readonly name: string;
  /** Of its process. */
  readonly key: string;
  readonly start: (nursery: Nursery, options: Omit<ProgramOptions, 'name'>) => Program;
}

/** An entrant of whom somebody had to choose how many polls it has under way. */
export interface Tuned extends Entrant {
  readonly pollers: number;
  readonly at: (pollers: number) => Tuned;
}

const script = 'localstack/bench/intake/main.ts';

const contender = (name: string, key: ContenderName, pollers: number, processName: string = key): Tuned => ({
  name,
  key: processName,
  pollers,
  at: (others) => contender(name, key, others, `${key}-${others}`),
  start: (nursery, options) => startScript(nursery, { ...options, name: processName }, script, [key, String(pollers)]),
});

/** Longer than any run: no window closes while intake is measured. */
const open = { HOLD_MS: '3600000', ACW_HOLD_MS: '3600000', HOLD_CAP_MS: '7200000' } as const;

const tidemark = (name: string, pollers: number): Tuned => {
  const key = `tidemark-${pollers}`;
  const variables = { ...open, CONSUMERS: String(pollers) };
  return {
    name,
    key,
    pollers,
    at: (others) => tidemark(name, others),
    start: (nursery, options) => startWorker(nursery, { ...options, name: key, variables }),
  };
};

export const floorName = 'floor: receive, write, delete';
export const protocolName = "floor of the protocol: Tidemark's requests";
export const tidemarkName = 'Tidemark';
export const seedName = 'sqs-consumer, a query and an execution per message';
const seedBestName = `${seedName}, at its best`;

/** Ten messages at a time: more in hand would only ask more often what Genesys does not answer yet. */
export const seedUnderQuota: Entrant = contender(`${seedName}, at 300 queries a minute`, 'seed-batched', 1);

/** As `Config` has them unless told otherwise. */
const defaultPollers = 24;

/**
 * Pollers: enough that its own core is what limits it at 15 ms, by Little's law and with room to spare: ten messages of one poll take
 * three round trips, of the protocol five. The report says of whom that was not so, and so might have been faster with more;
 * `settings` measures each with fewer and with more.
 */
export const tuned: readonly Tuned[] = [
  contender(floorName, 'floor', 64),
  contender(protocolName, 'protocol-floor', 96),
  contender(`${protocolName}, by its clients`, 'protocol-floor-prepared', 96),
  tidemark(tidemarkName, defaultPollers),
  contender('sqs-consumer in batches', 'consumer-batch', 64),
  contender('squiss-ts', 'squiss', 16),
  contender(seedBestName, 'seed-batched', 32),
];

export const entrants: readonly Entrant[] = [
  ...tuned,
  tidemark(`${tidemarkName}, a third of its pollers`, defaultPollers / 3),
  contender(seedName, 'seed-as-it-comes', 1),
];
