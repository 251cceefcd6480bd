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
import { setStage, type Stage } from '../demo/stage';
import { deprovision } from '../provision';
import { seededChance, type Chance } from '../traffic/chance';
import { openCrew, type Crew } from './crew';
import { createGate, type Gate } from './gate';
import { openHands, type Hands } from './hands';
import { findLosses } from './losses';
import { complainOfHits, openLedger, type Ledger } from './ledger';
import { bringMisfortune } from './misfortunes';
import { mutations } from './mutations';
import type { ChaosOptions } from './options';
import type { Mishap } from './proxy';
import { paceOf, type Pace } from './pace';
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
  const crew = openCrew({ nursery, places: stage.places, times, hands, ledger, road, ...mutationOf(options, program) });
  return { stage, pace, crew, hands, ledger, chance, roads, over };
};

/**
 * Rounds of traffic for so many minutes, and misfortune all the while; up to twice as long while too few kills have hit something.
 * Answers what was sent, and how long it took to get quiet.
 */
const play = async (options: ChaosOptions, scene: Scene, around: Surroundings, first: Plan) => {
  const { stage, crew, ledger, over, roads, pace } = scene;
  const { nowMs, progress, nursery } = around;
  const traffic = createGate();
  const standstill = around.awsUrl === undefined ? stopProcess(stage.standIns.pid) : shutRoads(roads);
  const watch: Playing['watch'] = ({ messages, windows }) => {
    nursery.assertAllStand();
    const { kills, onBatch, onWindow } = ledger.counts();
    const hits = `${kills} killed, ${onBatch} on a batch, ${onWindow} on a window`;
    progress.tell(`${messages} messages on the queue, ${windows.length} windows open; ${hits}`);
  };
  while (crew.onDuty().length < options.workers) await crew.start();
  const lastsMs = 60_000 * options.minutes;
  const endMs = nowMs() + lastsMs;
  const hasShownEnough = (): boolean => complainOfHits(ledger.counts(), options.minutes).length === 0;
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
      await playRound(plan, `round ${plans.length}`, { stage, pace, traffic, progress, watch });
    } while (!over.signal.aborted && (!hasShownEnough() || endMs - nowMs() > shortestRoundMs));
  };
  try {
    await Promise.all([playAll(), misfortune]);
  } finally {
    clearInterval(ending);
    over.abort();
  }
  const quietFromMs = nowMs();
  progress.phase('no more misfortune, waiting until nothing is left to do');
  await settleDown({ stage, pace, watch });
  return { plan: joinPlans(plans), quietAfterMs: nowMs() - quietFromMs };
};

const outputOf = ({ name, logFile }: Pick<Child, 'name' | 'logFile'>) => ({ name, text: readFileSync(logFile, 'utf8') });

/** What was created on an endpoint that lives on. */
const cleanUp = async ({ stage }: Scene): Promise<void> => {
  await deprovision({ endpointUrl: stage.places.awsUrl, prefix: stage.prefix });
  await stage.clients.sqs.send(new DeleteQueueCommand({ QueueUrl: stage.subscriberUrl }));
};

export const runChaos = async (options: ChaosOptions, around: Surroundings): Promise<Outcome> => {
  const { progress, nursery } = around;
  progress.phase('generating traffic and starting the stand-ins');
  const first = planRound(options.seed, paceOf(options), 0);
  const scene = await setScene(options, around, first.clientSecret);
  const { stage, crew, ledger } = scene;
  const { plan, quietAfterMs } = await play(options, scene, around, first).catch((error: unknown) => {
    // Whoever fell is the reason for whatever else went wrong.
    nursery.assertAllStand();
    throw error;
  });
  progress.phase('reading everything back');
  await Promise.all(crew.onDuty().map((worker) => crew.stop(worker)));
  await scriptGenesys(stage.places.genesysUrl, 'faults', []);
  const found = await readBack(stage);
  const exits = crew.exits();
  const counts = ledger.counts();
  const report = chaosTable({ plan, observed: found.observed, counts, minutes: options.minutes, exits, quietAfterMs });
  const outputs = [...[...crew.children(), stage.standIns].map(outputOf), { name: 'this report', text: report }];
  const differences = judge(plan, { ...found, exits, outputs });
  if (around.awsUrl !== undefined) await cleanUp(scene);
  progress.end();
  await stage.standIns.stop();
  stage.clients.close();
  return {
    plan,
    report,
    differences,
    deploys: counts.deploys,
    losses: findLosses(plan, found.observed),
    complaints: complainOfHits(counts, options.minutes),
  };
};
