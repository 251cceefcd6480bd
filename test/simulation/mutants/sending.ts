import type { Mutation } from './mutation';

/* Mistakes in what leaves, and when it is fixed. */

const emit = 'src/steps/emit.ts';

export const sendingMutations: readonly Mutation[] = [
  {
    name: 'enriching after the put',
    edits: [
      {
        file: emit,
        from: 'const answer = await stateMachine.start(outbox.execution);',
        to: `const found = await (outside as any).details?.fetch([record.conversationId]);
      const answered = found?.get(record.conversationId);
      const callDetails = answered?.details ?? null;
      const input = JSON.stringify({ ...JSON.parse(outbox.execution.input), callDetails, callDetailsStatus: answered?.kind });
      const answer = await stateMachine.start({ ...outbox.execution, input });`,
      },
      {
        file: emit,
        from: '      ...enrichment,',
        to: '      ...enrichment,\n      callDetails: null,\n      callDetailsStatus: "absent",',
      },
    ],
    breaks: [3],
  },
  {
    name: 'a random execution name on a second try',
    edits: [
      {
        file: emit,
        from: 'await stateMachine.start(outbox.execution);',
        to: `await stateMachine.start(outbox.execution).catch(() =>
        stateMachine.start({ name: \`\${outbox.execution!.name.slice(0, 70)}-\${claim.claimed.token!.slice(0, 8)}\`, input: outbox.execution!.input }));`,
      },
    ],
    breaks: [3],
  },
  {
    name: "new bytes instead of the stored record's, put refused",
    edits: [
      {
        file: emit,
        from: 'return sendOut(claim, { ...others, stored: put }, false);',
        to: 'return sendOut(claim, { ...others, stored: record }, false);',
      },
    ],
    breaks: [3],
  },
  {
    name: "new bytes instead of the stored record's, resumed",
    edits: [
      {
        file: emit,
        from: 'sendOut(claim, { ...eventsRead(read), stored }, false);',
        to: `{
      const { execution } = stored.outbox;
      const timestamp = new Date(outside.clock.nowMs()).toISOString();
      const input = execution && JSON.stringify({ ...JSON.parse(execution.input), timestamp });
      const anew = { ...stored, outbox: { ...stored.outbox, execution: execution && { ...execution, input: input! } } };
      return sendOut(claim, { ...eventsRead(read), stored: anew }, false);
    };`,
      },
    ],
    breaks: [3],
  },
];
