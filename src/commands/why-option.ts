import { InvalidArgumentError, Option } from 'commander';
import { readWhy } from '../core/on-call/audit-operation';

const whyText = (text: string): string => {
  const read = readWhy(text);
  if ('problem' in read) throw new InvalidArgumentError(read.problem);
  return read.why;
};

/** Whatever changes something asks for it; it is kept in the audit trail. `--why`, or `--reason` where a lever is pulled. */
export const whyOption = (flag: '--why' | '--reason' = '--why'): Option =>
  new Option(`${flag} <text>`, 'the reason, kept in the audit trail; no customer data').argParser(whyText).makeOptionMandatory();
