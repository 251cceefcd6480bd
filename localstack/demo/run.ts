import { readFileSync } from 'node:fs';
import { StartExecutionCommand } from '@aws-sdk/client-sfn';
import { scriptBackOffice } from './back-office';
import type { Child, Nursery } from './children';
import { deliver } from './deliver';
import { openDoor, type OpenDoor } from './door/open';
import { readAsked } from './genesys';
import { scriptDay } from './genesys-day';
import type { Difference } from './judge/difference';
import { judge, type Evidence } from './judge/verdict';
import { readExecutions, type Observed } from './observe';
import type { DemoOptions } from './options';
import { makePlan, type Plan } from './plan';
import type { Progress } from './progress';
import { readBack } from './read-back';
import { settle } from './settle';
import { setStage, startWorkers, type Stage, type WorkerProgram } from './stage';
import { summaryTable } from './summary';
import { pickStory, timeline } from './timeline';
import { askForAll, demoTimes, lessOften } from './worker-environment';
import { readMetrics } from './worker-metrics';

/* The whole run, in order: set the stage, send wave after wave, read everything back, compare with what really happened. */

export interface Surroundings {
  readonly nursery: Nursery;
  readonly progress: Progress;
  /** What is shown. */
  readonly program: WorkerProgram;
  readonly nowMs: () => number;
  /** Another endpoint for AWS than the stand-ins' own. */
  readonly awsUrl?: string;
}

export interface Outcome {
  readonly plan: Plan;
  readonly stage: Stage;
  /** The table and one conversation's timeline. */
  readonly report: string;
  readonly differences: readonly Difference[];
}

/** A machine may be slow; this long without a message or a window less is stuck. */
const stuckAfterMs = 60_000;

/** CRM and tickets have their day, too. */
const scriptOffice = async ({ backOfficeUrl }: Stage): Promise<void> => {
  if (backOfficeUrl === null) return;
  await scriptBackOffice(backOfficeUrl, [
    { on: 'contacts', answer: 429, times: 3 },
    { on: 'conversations', answer: 503, times: 3 },
    { on: 'conversations', answer: 409 },
    { on: 'tickets', answer: 500, times: 3 },
    { on: 'tickets', delayMs: 1_000, times: 3 },
  ]);
};

/** To the queue, or to a door where there is one. */
type Deliver = (wave: Plan['waves'][number]) => Promise<void>;

const sendWaves = async (plan: Plan, stage: Stage, send: Deliver, { progress, nursery }: Surroundings): Promise<void> => {
  const watch = ({ messages, windows }: { messages: number; windows: readonly string[] }): void => {
    nursery.assertAllStand();
    progress.tell(`${messages} messages on the queue, ${windows.length} windows open`);
  };
  for (const [index, wave] of plan.waves.entries()) {
    progress.phase(`wave ${index + 1} of ${plan.waves.length}, ${wave.length} messages`);
    await send(wave);
    await settle(stage.clients, stage.places, { stuckAfterMs, watch });
  }
};

/** The sabotage that no traffic can do: a second execution for a revision that has had its own. */
const startTwice = async ({ clients, places }: Stage): Promise<void> => {
  const [first] = await readExecutions(clients.sfn, places.stateMachineArn);
  const { name, input } = first!;
  await clients.sfn.send(
    new StartExecutionCommand({ stateMachineArn: places.stateMachineArn, name: `again-${name}`.slice(0, 80), input }),
  );
};

const outputOf = ({ name, logFile }: Child) => ({ name, text: readFileSync(logFile, 'utf8') });

const gather = async (
  stage: Stage,
  workers: readonly Child[],
  door: OpenDoor | null,
): Promise<Omit<Evidence, 'outputs'> & { readonly observed: Observed; readonly asked: readonly string[] }> => {
  const stopped = await Promise.all([
    ...(door ? [door.stop()] : []),
    ...workers.map(async ({ name, stop }) => ({ name, exit: await stop() })),
  ]);
  // Before this run asks, too.
  const asked = await readAsked(stage.places.genesysUrl);
  return { ...(await readBack(stage)), asked, exits: stopped, ...(door && { door: door.evidence() }) };
};

const tellAll = (
  found: Awaited<ReturnType<typeof gather>>,
  told: Omit<Parameters<typeof summaryTable>[0], 'observed' | 'asked'>,
): string => {
  const story = pickStory(found.observed.records);
  const table = summaryTable({ ...told, observed: found.observed, asked: found.asked });
  return `${table}\n\n${story ? timeline(story) : 'There is no record to tell of.'}`;
};

/** Stage, processes and what there is to send. */
const setUp = async (options: DemoOptions, surroundings: Surroundings) => {
  const { nursery, progress, program, awsUrl } = surroundings;
  progress.phase('generating traffic and starting the stand-ins');
  // Where each call takes its time, as on LocalStack, workers ask for the details alone.
  const asksForAll = awsUrl === undefined;
  const plan = makePlan(options, asksForAll);
  const stage = await setStage(nursery, plan.clientSecret, { awsUrl, visibilitySeconds: 10 });
  await scriptDay(stage.places.genesysUrl, plan);
  await scriptOffice(stage);
  const names = Array.from({ length: options.workers }, (_, index) => `worker-${index + 1}`);
  const workers = startWorkers(nursery, stage, {
    program,
    names,
    times: { ...demoTimes, ...(asksForAll ? askForAll : lessOften) },
  });
  const door = options.ingest ? await openDoor({ nursery, stage, program, seed: options.seed }) : null;
  return { stage, workers, door, plan: { ...plan, canaries: [...plan.canaries, ...(door?.canaries ?? [])] } };
};

export const runDemo = async (options: DemoOptions, surroundings: Surroundings): Promise<Outcome> => {
  const { nursery, progress, nowMs } = surroundings;
  const startMs = nowMs();
  const { plan, stage, workers, door } = await setUp(options, surroundings);
  const send: Deliver = door ? door.deliver : (wave) => deliver(stage, wave);
  await sendWaves(plan, stage, send, surroundings).catch((error: unknown) => {
    // Whoever fell is the reason for whatever else went wrong.
    nursery.assertAllStand();
    throw error;
  });
  if (options.sabotage === 'start-twice') await startTwice(stage);
  progress.phase('reading everything back');
  const found = await gather(stage, workers, door);
  const outputs = [...[...workers, stage.standIns].map(outputOf), ...(door?.outputs() ?? [])];
  const metrics = readMetrics(outputs.map(({ text }) => text));
  const report = tellAll(found, { plan, metrics, door: door?.result() ?? null, tookMs: nowMs() - startMs });
  const differences = judge(plan, { ...found, outputs: [...outputs, { name: 'this report', text: report }] });
  progress.end();
  return { plan, stage, report, differences };
};
