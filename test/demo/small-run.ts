import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openNursery, projectRoot, type Nursery } from '../../localstack/demo/children';
import { describeDifferences } from '../../localstack/demo/judge/verdict';
import type { DemoOptions } from '../../localstack/demo/options';
import { runDemo, type Outcome } from '../../localstack/demo/run';
import type { WorkerProgram } from '../../localstack/demo/stage';

/** The program from its source, so that the tests need no build. */
const fromSource: readonly string[] = ['--import', 'tsx', join(projectRoot, 'src', 'main.ts')];
const silent = { phase: () => undefined, tell: () => undefined, end: () => undefined };

const folder = mkdtempSync(join(tmpdir(), 'tidemark-demo-test-'));
const nurseries: Nursery[] = [];

afterAll(() => {
  nurseries.forEach((nursery) => nursery.killAll());
  rmSync(folder, { recursive: true, force: true });
});

/** One run of the demo with small numbers, on the stand-ins or on what AWS_ENDPOINT_URL names. */
export const run = async (options: Partial<DemoOptions>, program: WorkerProgram = fromSource): Promise<Outcome> => {
  const nursery = openNursery(mkdtempSync(join(folder, 'run-')));
  nurseries.push(nursery);
  const all = { conversations: 8, seed: 'test', workers: 1, keep: false, ingest: false, ...options };
  const awsUrl = process.env['AWS_ENDPOINT_URL'];
  const elsewhere = awsUrl ? { awsUrl } : {};
  const outcome = await runDemo(all, { nursery, progress: silent, program, nowMs: () => performance.now(), ...elsewhere });
  outcome.stage.clients.close();
  expect(await outcome.stage.standIns.stop()).toBe('0');
  return outcome;
};

export const complaintOf = ({ differences, plan }: Outcome): string => describeDifferences(differences, plan);

/** A bound for a run that is stuck; LocalStack on a slow machine takes minutes. */
export const patience = 900_000;
