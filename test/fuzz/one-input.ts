import { take } from '../schemas/taken';
import { drawInput } from './draw-input';
import { isPiped } from './fuzz-range';
import { judgeInput } from './judge-input';

const mostShown = 4_000;

/** Draws one input again, as it is always drawn, and says all about it; answers the exit code. */
export const fuzzOne = async (seed: number, index: number): Promise<number> => {
  const input = drawInput(seed, index);
  const outcome = await judgeInput(input, isPiped(index));
  const { body, kind, allowedSources } = input;
  const { rejection, drift } = take(body, allowedSources);
  const told = [
    `Input ${index} of seed ${seed}: ${kind}, ${Buffer.byteLength(body)} bytes, ${outcome.ms.toFixed(1)} ms`,
    body.length > mostShown ? `${body.slice(0, mostShown)}…` : body,
    '',
    `Allowed sources: ${allowedSources.join(', ') || 'all'}`,
    `Seen: ${outcome.seen.join(', ') || 'nothing'}`,
    `Rejection: ${rejection === null ? 'none' : JSON.stringify(rejection)}`,
    `Drift: ${drift.length === 0 ? 'none' : JSON.stringify(drift.slice(0, 20))}`,
    '',
    outcome.faults.length === 0 ? 'Nothing that it may not do.' : `It did what none may do: ${outcome.faults.join('; ')}`,
  ];
  process.stdout.write(`${told.join('\n')}\n`);
  return outcome.faults.length === 0 ? 0 : 1;
};
