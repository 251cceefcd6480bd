import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DeleteQueueCommand } from '@aws-sdk/client-sqs';
import type { Child, Nursery } from '../demo/children';
import { scriptGenesys } from '../demo/genesys';
import type { Difference } from '../demo/judge/difference';
import { judge } from '../demo/judge/verdict';
import type { Plan } from '../demo/plan';
import type { Progress } from '../demo/progress';
import { readBack } from '../demo/read-back';
import { sendAll } from '../demo/send';
import { setStage, type Stage } from '../demo/stage';
import { deprovision } from '../provision';
import { seededChance, type Chance } from '../traffic/chance';
import { openCrew, type Crew } from './crew';
import { createGate, type Gate } from './gate';
import { openHands, type Hands } from './hands';
import { findLosses } from './losses';
import { judgeLost } from './accepted';
import { complainOfHits, openLedger, type Ledger } from './ledger';
import { bringMisfortune } from './misfortunes';
import { mutations } from './mutations';
import type { ChaosOptions } from './options';
import type { Mishap } from './proxy';
import { paceOf, type Pace } from './pace';
import { openPosting, type Posting } from './posting';
import { chaosTable } from './report';
import { joinPlans, planRound, playRound, settleDown, type Playing } from './rounds';
import { shutRoads, stopProcess } from './standstill';

/* The whole run: traffic and misfortune side by side, then quiet, then everything is compared with what really happened. */

export interface Surroundings {
  readonly nursery: Nursery;
  readonly progress: Progress;
  /** How `node` runs the program, less the command. */
  readonly program: readonly string[];
  readonly nowMs: () => number;
  /** Is told of each misfortune. */
  readonly journal: (entry: Readonly<Record<string, unknown>>) => void;
  /** Another endpoint for AWS than the stand-ins' own. */
  readonly awsUrl?: string | undefined;
}

export interface Outcome {
  readonly plan: Plan;
  readonly report: string;
  readonly differences: readonly Difference[];
  /** Rolling ones, each of the whole crew. */
  readonly deploys: number;
  /** Events and bad messages that are nowhere. */
  readonly losses: readonly string[];
  /** Why the run shows too little, whatever it found. */
  readonly complaints: readonly string[];
}

/** No round begins when less than this is left for misfortune. */
const shortestRoundMs = 20_000;

const mutationOf = ({ sabotage }: ChaosOptions, program: readonly string[]) =>
  sabotage === undefined
    ? { program, env: {} }
    : {
        program: ['--require', join(__dirname, 'mutate.cjs'), ...program],
        env: { CHAOS_MUTATION: JSON.stringify(mutations[sabotage]) },
      };

/** Of many calls, a few answers are lost and a few are late, until it is over. */
const mishaps = (chance: Chance, ledger: Ledger, over: AbortSignal) => (): Mishap => {
  if (over.aborted) return null;
  if (chance.happens(0.002)) {
    ledger.answerCut();
    return 'cut';
  }
  if (!chance.happens(0.005)) return null;
  ledger.answerLate();
  return chance.between(50, 1_500);
};

interface Scene {
  readonly stage: Stage;
  readonly pace: Pace;
  readonly crew: Crew;
  readonly hands: Hands;
  readonly ledger: Ledger;
  readonly chance: Chance;
  /** Null: traffic goes to the queue itself. */
  readonly posting: Posting | null;
  readonly roads: Gate;
  readonly over: AbortController;
}

const setScene = async (options: ChaosOptions, around: Surroundings, clientSecret: string): Promise<Scene> => {
  const { nursery, awsUrl, program } = around;
  const pace = paceOf(options);
  const { times } = pace;
  const visibilitySeconds = Number(times.VISIBILITY_SECONDS);
  const stage = await setStage(nursery, clientSecret, { awsUrl, visibilitySeconds });
  const chance = seededChance(`${options.seed}/chaos`);
  const hands = openHands();
  const ledger = openLedger(around.journal);
  const roads = createGate();
  const over = new AbortController();
  const road = { pass: roads.pass, mishap: mishaps(chance.fork('mishaps'), ledger, over.signal) };
  const how = { nursery, road, ...mutationOf(options, program) };
  const { called } = ledger;
  const posting = options.ingest ? await openPosting({ ...how, stage, called, chance, journal: around.journal }) : null;
  const crew = openCrew({ ...how, places: stage.places, times, hands, ledger, trail: posting?.trail });
  return { stage, pace, crew, hands, ledger, chance, posting, roads, over };
};

/** Why the run shows too little so far. */
const complaintsOf = ({ ledger, posting }: Scene, minutes: number): readonly string[] => [
  ...complainOfHits(ledger.counts(), minutes),
  ...(posting?.complaints(minutes) ?? []),
];

const hitsOf = ({ ledger, posting }: Scene): string => {
  const { kills, onBatch, onWindow } = ledger.counts();
  const doors = posting ? `; ${posting.counts().onPosts} doors killed on posts` : '';
  return `${kills} killed, ${onBatch} on a batch, ${onWindow} on a window${doors}`;
};

const deliverOf = ({ stage, posting }: Scene): Playing['deliver'] =>
  posting ? posting.deliver : (burst) => sendAll(stage.clients.sqs, stage.places.queueUrl, burst);

/**
 * Rounds of traffic for so many minutes, and misfortune all the while; up to twice as long while too few kills have hit something.
 * Answers what was sent, and how long it took to get quiet.
 */
const play = async (options: ChaosOptions, scene: Scene, around: Surroundings, first: Plan) => {
  const { stage, crew, over, roads, pace, posting } = scene;
  const { nowMs, progress, nursery } = around;
  const traffic = createGate();
  const standstill = around.awsUrl === undefined ? stopProcess(stage.standIns.pid) : shutRoads(roads);
  const watch: Playing['watch'] = ({ messages, windows }) => {
    nursery.assertAllStand();
    progress.tell(`${messages} messages on the queue, ${windows.length} windows open; ${hitsOf(scene)}`);
  };
  while (crew.onDuty().length < options.workers) await crew.start();
  const lastsMs = 60_000 * options.minutes;
  const endMs = nowMs() + lastsMs;
  const hasShownEnough = (): boolean => complaintsOf(scene, options.minutes).length === 0;
  const ending = setInterval(() => {
    if (nowMs() > endMs + (hasShownEnough() ? 0 : lastsMs)) over.abort();
  }, 500);
  const size = { wanted: options.workers, lastsMs, killGapMs: pace.killGapMs };
  const misfortune = bringMisfortune({ ...scene, ...size, standstill, traffic, over: over.signal });
  const plans: Plan[] = [];
  const playAll = async (): Promise<void> => {
    do {
      const plan = plans.length === 0 ? first : planRound(options.seed, pace, plans.length);
      plans.push(plan);
      await playRound(plan, `round ${plans.length}`, { stage, pace, traffic, deliver: deliverOf(scene), progress, watch });
    } while (!over.signal.aborted && (!hasShownEnough() || endMs - nowMs() > shortestRoundMs));
  };
  try {
    await Promise.all([playAll(), misfortune, posting?.bringMisfortune(over.signal)]);
  } finally {
    clearInterval(ending);
    over.abort();
  }
  const quietFromMs = nowMs();
  progress.phase('no more misfortune, waiting until nothing is left to do');
  await settleDown({ stage, pace, watch });
  const plan = joinPlans(plans);
  return {
    plan: { ...plan, canaries: [...plan.canaries, ...(posting?.canaries ?? [])] },
    quietAfterMs: nowMs() - quietFromMs,
  };
};

const outputOf = ({ name, logFile }: Pick<Child, 'name' | 'logFile'>) => ({ name, text: readFileSync(logFile, 'utf8') });

/** What was created on an endpoint that lives on. */
const cleanUp = async ({ stage }: Scene): Promise<void> => {
  await deprovision({ endpointUrl: stage.places.awsUrl, prefix: stage.prefix });
  await stage.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: stage.subscriberUrl }));
};

/** What was read back, told and judged. */
const conclude = async (scene: Scene, minutes: number, { plan, quietAfterMs }: Awaited<ReturnType<typeof play>>) => {
  const { stage, crew, ledger, posting } = scene;
  const found = await readBack(stage);
  const counts = ledger.counts();
  const lost = posting?.lost() ?? [];
  const doors = posting && { counts: posting.counts(), posted: posting.posted(), lost: lost.length };
  const { observed } = found;
  const report = chaosTable({ plan, observed, counts, doors, minutes, exits: crew.exits(), quietAfterMs });
  const outputs = [
    ...[...crew.children(), stage.standIns].map(outputOf),
    ...(posting?.outputs() ?? []),
    { name: 'this report', text: report },
  ];
  const exits = [...crew.exits(), ...(posting?.exits() ?? [])];
  const differences = [...judge(plan, { ...found, exits, outputs, door: posting?.evidence() }), ...judgeLost(lost)];
  const losses = [...findLosses(plan, observed), ...lost.map((id) => `an accepted post: message ${id}`)];
  return { plan, report, differences, deploys: counts.deploys, losses, complaints: complaintsOf(scene, minutes) };
};

export const runChaos = async (options: ChaosOptions, around: Surroundings): Promise<Outcome> => {
  const { progress, nursery } = around;
  progress.phase('generating traffic and starting the stand-ins');
  const first = planRound(options.seed, paceOf(options), 0);
  const scene = await setScene(options, around, first.clientSecret);
  const { stage, crew, posting } = scene;
  const played = await play(options, scene, around, first).catch((error: unknown) => {
    // Whoever fell is the reason for whatever else went wrong.
    nursery.assertAllStand();
    throw error;
  });
  progress.phase('reading everything back');
  await Promise.all([...crew.onDuty().map((worker) => crew.stop(worker)), posting?.stop()]);
  await scriptGenesys(stage.places.genesysUrl, 'faults', []);
  const outcome = await conclude(scene, options.minutes, played);
  if (around.awsUrl !== undefined) await cleanUp(scene);
  progress.end();
  await stage.standIns.stop();
  stage.clients.close();
  return outcome;
};
