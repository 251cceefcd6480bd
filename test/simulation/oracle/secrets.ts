import type { Breach, History, Plan } from '../history';

/** Promise 9. Of what stands for secrets and customers' data nothing reaches a log line. */
export const judgeSecrets = (plan: Plan, { logLines }: History): readonly Breach[] =>
  plan.canaries.flatMap((canary) =>
    logLines
      .filter((line) => line.includes(canary))
      .slice(0, 1)
      .map((line): Breach => ({ promise: 9, text: `expected no log line with ${canary}, got ${JSON.stringify(line)}` })),
  );
