import type { Mutation } from './mutation';

/*
 * Mistakes in when a window closes. Those of the watermark lose no event by design: they close windows early, and turn the rest of
 * their conversations into late revisions.
 */

const watermark = 'src/core/watermark.ts';
const timers = 'src/worker/timers.ts';

export const timingMutations: readonly Mutation[] = [
  {
    name: 'a watermark that ignores the floor',
    edits: [
      {
        file: watermark,
        from: 'Math.min(floors.lowest(monotonicMs), Math.max(initialMs, seenMs - outOfOrdernessMs));',
        to: 'Math.max(initialMs, seenMs - outOfOrdernessMs);',
      },
    ],
    breaks: [5],
  },
  {
    name: 'a watermark that ignores the ghosts of the dead',
    edits: [
      {
        file: 'src/core/fleet-view.ts',
        from: 'receivingMs - ghostAt <= options.ghostMs || seenMs < returnsAtMs',
        to: 'receivingMs - ghostAt <= options.aliveMs',
      },
    ],
    breaks: [5],
  },
  {
    name: 'a watermark that ignores the ghosts of what was handed back',
    edits: [
      {
        file: 'src/core/floors.ts',
        from: '      haunt(Math.min(...messages.filter(mayHold).map(({ sentAtMs }) => sentAtMs)), monotonicMs);\n',
        to: '',
      },
    ],
    breaks: [5],
  },
  {
    name: 'a watermark that ignores the outstanding receive',
    edits: [
      {
        file: watermark,
        from: 'Math.min(settledMs(monotonicMs), lostPolls.lowest(monotonicMs), polls.lowestMs())',
        to: 'Math.min(settledMs(monotonicMs), lostPolls.lowest(monotonicMs))',
      },
    ],
    breaks: [5],
  },
  {
    name: 'a poison window that hides the others',
    edits: [
      { file: timers, from: 'const pageSize = Math.max(', to: 'const pageSize = Math.min(1, ' },
      { file: timers, from: 'due: shuffle([...own.due, ...overdue.due], random)', to: 'due: [...own.due, ...overdue.due]' },
      { file: 'src/core/window-close.ts', from: '      dueAt: nowMs + failure.gapMs,', to: '      dueAt: 0,' },
      { file: 'src/steps/let-go.ts', from: 'const counts = isOwnFault(error);', to: 'const counts = false;' },
    ],
    breaks: [5],
  },
  {
    name: 'a breaker that waits for an answer that nobody asks for',
    edits: [{ file: 'src/worker/downstream-health.ts', from: '  hearsAnyway: false,', to: '  hearsAnyway: true,' }],
    breaks: [5],
  },
];
