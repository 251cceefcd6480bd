import type { Caller } from '../ports-doctor';
import { judge, tell, type Finding } from './finding';
import { ifSeen, type Seen } from './seen';

/** AWS refuses signatures from this on. */
const longestSkewMs = 300_000;
const noticedSkewMs = 60_000;

/** ARNs by the name under which they were given. */
export interface NamedArn {
  readonly name: string;
  readonly arn: string;
}

export interface SeenPlace {
  readonly region: string;
  readonly caller: Seen<Caller>;
  readonly arns: readonly NamedArn[];
  /** How far AWS's clock is ahead of this machine's; null: no answer of AWS's said. */
  readonly aheadMs: number | null;
}

const whereOf = ({ arn }: NamedArn): string => {
  const [, , , region = '', account = ''] = arn.split(':');
  return `${region} ${account}`;
};

const judgeWhere = (arns: readonly NamedArn[], here: string): Finding => {
  const elsewhere = arns.filter((one) => whereOf(one) !== here);
  return judge({
    check: 'one place',
    expected: `everything in ${here}`,
    actual:
      elsewhere.length === 0
        ? `${arns.length} names, all there`
        : elsewhere.map((one) => `${one.name} in ${whereOf(one)}`).join(', '),
    isRight: elsewhere.length === 0,
    otherwise: 'warn',
    todo: 'Correct the names, or use the credentials and the region of the installation: what is looked at may be another one’s.',
  });
};

/** `isBlind`: nothing in AWS could be asked. Then nothing else is found wrong either, and that must not pass for health. */
const judgeClock = (aheadMs: number | null, isBlind: boolean): Finding => {
  const expected = `within ${noticedSkewMs / 1_000} s of AWS`;
  const todo = 'Set this machine’s clock (NTP). From 5 minutes on AWS refuses its requests.';
  if (aheadMs === null)
    return {
      ...{ check: 'clock', status: isBlind ? 'wrong' : 'unknown', expected, actual: 'AWS did not answer' },
      todo: 'Mend credentials and the way to AWS first.',
    };
  const actual = `${Math.round(Math.abs(aheadMs) / 1_000)} s ${aheadMs >= 0 ? 'behind' : 'ahead of'} AWS`;
  const isRight = Math.abs(aheadMs) <= noticedSkewMs;
  return judge({
    check: 'clock',
    expected,
    actual: isRight ? expected : actual,
    isRight,
    otherwise: Math.abs(aheadMs) > longestSkewMs ? 'wrong' : 'warn',
    todo,
  });
};

export const judgePlace = ({ region, caller, arns, aheadMs }: SeenPlace): readonly Finding[] => [
  ...ifSeen(
    caller,
    { check: 'caller', expected: 'credentials of AWS', todo: 'Log in to AWS.' },
    ({ arn, account }): readonly Finding[] => [tell('caller', arn), judgeWhere(arns, `${region} ${account}`)],
  ),
  judgeClock(aheadMs, caller.kind !== 'seen'),
];
