import { readFileSync } from 'node:fs';
import { deliverByDoor } from '../demo/door/deliver';
import { answersOf } from '../demo/door/open';
import { mintSecrets } from '../demo/door/secrets';
import { openSender, type Posted } from '../demo/door/sender';
import type { DoorEvidence } from '../demo/judge/door';
import type { Evidence } from '../demo/judge/verdict';
import type { Canary } from '../traffic/canary';
import type { Chance } from '../traffic/chance';
import type { PlannedMessage } from '../traffic/traffic';
import { acceptedButLost } from './accepted';
import { complainOfDoorHits, openDoorLedger, type DoorCounts } from './door-ledger';
import { bringDoorMisfortune } from './door-misfortunes';
import { openDoors, type DoorsOptions } from './doors';
import type { Stage } from '../demo/stage';
import { openTrail, type Trail } from './trail';

/* The part of a run that posts its traffic to doors: senders, two doors, what happens to them, and what became of what they accepted. */

export interface Posting {
  readonly trail: Trail;
  readonly canaries: readonly Canary[];
  readonly deliver: (messages: readonly PlannedMessage[]) => Promise<void>;
  readonly bringMisfortune: (over: AbortSignal) => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly exits: () => Evidence['exits'];
  readonly outputs: () => Evidence['outputs'];
  readonly evidence: () => DoorEvidence;
  readonly posted: () => readonly Posted[];
  readonly counts: () => DoorCounts;
  /** Ids that a door gave and that no worker has dealt with. */
  readonly lost: () => readonly string[];
  readonly complaints: (minutes: number) => readonly string[];
}

export interface PostingOptions extends Omit<DoorsOptions, 'secrets' | 'places'> {
  readonly stage: Stage;
  readonly chance: Chance;
  readonly journal: (entry: Readonly<Record<string, unknown>>) => void;
}

/** For one post: longer than AWS ever stands still. */
const patienceMs = 120_000;

export const openPosting = async (options: PostingOptions): Promise<Posting> => {
  const { stage, chance, journal } = options;
  const secrets = mintSecrets();
  const trail = openTrail();
  const doors = await openDoors({ ...options, secrets, places: stage.places });
  const sender = openSender({ doors: doors.urls, secrets, patienceMs });
  const ledger = openDoorLedger(journal);
  const way = { sender, chance: chance.fork('posts') };
  return {
    trail,
    canaries: secrets.canaries,
    deliver: (messages) => deliverByDoor(stage, way, messages),
    bringMisfortune: (over) => bringDoorMisfortune({ doors, sender, ledger, chance: chance.fork('doors'), over }),
    stop: doors.stop,
    exits: doors.exits,
    outputs: () => [
      ...doors.children().map(({ name, logFile }) => ({ name, text: readFileSync(logFile, 'utf8') })),
      answersOf(sender.posted()),
    ],
    // A door that is killed between its write and its key gives another id afterwards, and tells nobody how often.
    evidence: () => ({ posted: sender.posted(), keysMissed: Number.POSITIVE_INFINITY }),
    posted: sender.posted,
    counts: ledger.counts,
    lost: () => acceptedButLost(sender.posted(), trail.deleted()),
    complaints: (minutes) => complainOfDoorHits(ledger.counts(), minutes),
  };
};
