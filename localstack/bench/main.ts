import { runSession } from '../demo/session';
import { measureClosing } from './closing/subject';
import { measureCore } from './core/subject';
import { measureCost } from './cost/subject';
import { measureIngest } from './ingest/subject';
import { measureSettings } from './intake/settings';
import { measureIntake } from './intake/subject';
import { describeMachine } from './machine';
import { measureMemory } from './memory/subject';
import { parseOptions } from './options';
import { measureReconstruct } from './reconstruct/subject';
import { measureScale } from './scale/subject';
import type { Report, Subject } from './subject';
import { describeReport } from './tell';

const subjects: readonly Subject[] = [
  { name: 'closing', measure: measureClosing },
  { name: 'core', measure: measureCore },
  { name: 'cost', measure: measureCost },
  { name: 'ingest', measure: measureIngest },
  { name: 'intake', measure: measureIntake },
  { name: 'reconstruct', measure: measureReconstruct },
  { name: 'memory', measure: measureMemory },
  { name: 'scale', measure: measureScale },
  { name: 'settings', measure: measureSettings },
];

const say = (text: string): void => void process.stdout.write(`${text}\n`);

runSession({ name: 'bench' }, async (open) => {
  const options = parseOptions(
    process.argv.slice(2),
    subjects.map(({ name }) => name),
  );
  const { nursery } = open();
  const machine = describeMachine();
  const bench = { options, nursery, say: (text: string) => void process.stderr.write(`${text}\n`) };
  const reports: Report[] = [];
  for (const { name, measure } of subjects) if (options.subjects.includes(name)) reports.push(...(await measure(bench)));
  if (options.json) say(JSON.stringify({ machine, options, reports }, null, 2));
  else {
    say(
      Object.entries(machine)
        .map(([name, value]) => `${name}: ${value}`)
        .join(', '),
    );
    reports.forEach((report) => say(`\n${describeReport(report)}`));
  }
  return reports.some(({ complaints }) => complaints.length > 0) ? 1 : 0;
});
