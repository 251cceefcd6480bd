import { setTimeout as sleep } from 'node:timers/promises';
import { scriptGenesys } from '../demo/genesys';
import { planTraffic, type Plan } from '../demo/plan';
import type { Progress } from '../demo/progress';
import { inBursts, sendAll } from '../demo/send';
import { settle, type Unsettled } from '../demo/settle';
import type { Stage } from '../demo/stage';
import { generateTraffic } from '../traffic/generate';
import { readSamples } from '../traffic/samples';
import type { Gate } from './gate';

/* Round after round of the demo's traffic, each with conversations of its own. */

/** As many as go through before the first round of a short run is over; the first 37 show one of each kind. */
const conversationsOf = (minutes: number): number => Math.min(200, Math.max(40, Math.round(100 * minutes)));

export const planRound = (seed: string, minutes: number, round: number): Plan =>
  planTraffic(
    generateTraffic({ seed: `${seed}/${round}`, conversations: conversationsOf(minutes) }),
    round === 0 ? readSamples() : [],
  );

/** All rounds as one, for whoever judges. */
export const joinPlans = (plans: readonly Plan[]): Plan => ({
  waves: plans.flatMap(({ waves }) => waves),
  conversations: plans.flatMap(({ conversations }) => conversations),
  deadLetters: plans.flatMap(({ deadLetters }) => deadLetters),
  analytics: plans.flatMap(({ analytics }) => analytics),
  canaries: plans.flatMap(({ canaries }) => canaries),
  clientSecret: plans[0]?.clientSecret ?? '',
});

export interface Playing {
  readonly stage: Stage;
  readonly traffic: Gate;
  readonly progress: Progress;
  /** While it waits: what is still under way. */
  readonly watch: (now: Unsettled) => void;
}

/** Between two bursts of conversations: what two cores get through while half the workers are starting. */
const burstGapMs = 3_500;

/** Under constant misfortune the watermark lags; what is stuck is told after this. */
const patienceMs = 300_000;

export const settleDown = ({ stage, watch }: Pick<Playing, 'stage' | 'watch'>): Promise<void> =>
  settle(stage.clients, stage.places, { withinMs: patienceMs, watch });

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
export const playRound = async (plan: Plan, name: string, { stage, traffic, progress, watch }: Playing): Promise<void> => {
  const { clients, places } = stage;
  await traffic.through(() => scriptRound(places, plan));
  for (const [index, wave] of plan.waves.entries()) {
    if (index > 0) await settleDown({ stage, watch });
    progress.phase(`${name}, wave ${index + 1} of ${plan.waves.length}, ${wave.length} messages`);
    for (const burst of inBursts(wave)) {
      await traffic.through(() => sendAll(clients.sqs, places.queueUrl, burst));
      await sleep(burstGapMs);
    }
  }
};
