import type { Bench, Report } from '../subject';
import { chaosReport } from './chaos';
import { figuresReport } from './figures';
import { overloadReport } from './overload';

/** The door over HTTP. */
export const measureIngest = async (bench: Bench): Promise<readonly Report[]> => {
  const { overload, chaos } = bench.options;
  if (!overload && !chaos) return [await figuresReport(bench)];
  return [...(overload ? [await overloadReport(bench)] : []), ...(chaos ? [await chaosReport(bench)] : [])];
};
