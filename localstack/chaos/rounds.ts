import { setTimeout as sleep } from 'node:timers/promises';
import { scriptGenesys } from '../demo/genesys';
import { planTraffic, type Plan } from '../demo/plan';
import type { Progress } from '../demo/progress';
import { inBursts } from '../demo/send';
import { countMessages, settle, type Unsettled } from '../demo/settle';
import type { Stage } from '../demo/stage';
import { generateTraffic } from '../traffic/generate';
import { readSamples } from '../traffic/samples';
import type { PlannedMessage } from '../traffic/traffic';
import type { Gate } from './gate';
import type { Pace } from './pace';

/* Round after round of the demo's traffic, each with conversations of its own. */

export const planRound = (seed: string, { conversations }: Pace, round: number): Plan =>
  planTraffic(generateTraffic({ seed: `${seed}/${round}`, conversations }), round === 0 ? readSamples() : []);

/** All rounds as one, for whoever judges. */
export const joinPlans = (plans: readonly Plan[]): Plan => ({
  waves: plans.flatMap(({ waves }) => waves),
  conversations: plans.flatMap(({ conversations }) => conversations),
  deadLetters: plans.flatMap(({ deadLetters }) => deadLetters),
  passed: plans.flatMap(({ passed }) => passed),
  attached: plans.flatMap(({ attached }) => attached),
  analytics: plans.flatMap(({ analytics }) => analytics),
  beside: null,
  canaries: plans.flatMap(({ canaries }) => canaries),
  clientSecret: plans[0]?.clientSecret ?? '',
});

export interface Playing {
  readonly stage: Stage;
  readonly pace: Pace;
  readonly traffic: Gate;
  /** To the queue, by whatever way. */
  readonly deliver: (burst: readonly PlannedMessage[]) => Promise<void>;
  readonly progress: Progress;
  /** While it waits: what is still under way. */
  readonly watch: (now: Unsettled) => void;
}

export const settleDown = ({ stage, watch, pace }: Pick<Playing, 'stage' | 'watch' | 'pace'>): Promise<void> =>
  settle(stage.clients, stage.places, { stuckAfterMs: pace.patienceMs, watch });

/** Until the workers have caught up. */
const catchUp = async ({ stage, pace }: Playing): Promise<void> => {
  const startMs = performance.now();
  do {
    await sleep(pace.burstGapMs);
    if (performance.now() - startMs > pace.patienceMs)
      throw new Error('Expected the workers to catch up with the queue; they do not.');
  } while ((await countMessages(stage.clients, stage.places.queueUrl)) > pace.backlog);
};

/** Its conversations at Genesys, which lags and refuses as it does on any day. */
const scriptRound = async ({ genesysUrl }: Stage['places'], { analytics }: Plan): Promise<void> => {
  await scriptGenesys(genesysUrl, 'conversations', analytics);
  await scriptGenesys(genesysUrl, 'lag', { incompleteRequests: 1 });
  await scriptGenesys(genesysUrl, 'limits', { requestsPerMinute: 60 * 300 });
  await scriptGenesys(genesysUrl, 'faults', [
    { answer: 429, times: 3, retryAfterSeconds: 1 },
    { answer: 503, times: 3 },
    { answer: 'cut', times: 3 },
  ]);
};

/** Wave after wave, each when every window of the one before has closed; the last is left to itself. */
export const playRound = async (plan: Plan, name: string, playing: Playing): Promise<void> => {
  const { stage, traffic, progress, deliver } = playing;
  await traffic.through(() => scriptRound(stage.places, plan));
  for (const [index, wave] of plan.waves.entries()) {
    if (index > 0) await settleDown(playing);
    progress.phase(`${name}, wave ${index + 1} of ${plan.waves.length}, ${wave.length} messages`);
    for (const burst of inBursts(wave)) {
      await traffic.through(() => deliver(burst));
      await catchUp(playing);
    }
  }
};
