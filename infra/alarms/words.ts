import type { AlarmDefinition } from './definition';

/* What the runbook says of an alarm, from what CloudWatch is told of it. */

const signs = { '>': '>', '>=': '≥', '<': '<' } as const;

const minutes = (seconds: number): string => {
  if (seconds === 86_400) return 'day';
  if (seconds === 3_600) return 'hour';
  return seconds === 60 ? 'minute' : `${seconds / 60} minutes`;
};

const periodWords = ({ periods, periodSeconds }: AlarmDefinition): string => {
  const one = minutes(periodSeconds);
  if (periods === 1) return `in ${/^\d/.test(one) ? one : `${one === 'hour' ? 'an' : 'a'} ${one}`}`;
  if (/^\d/.test(one)) return `in each of ${periods} times ${one}`;
  return `in each of ${periods} ${one}s`;
};

/** `> 300,000 ms in each of 10 minutes`. */
export const thresholdWords = (alarm: AlarmDefinition): string => {
  const { is, threshold, unit, silence } = alarm;
  const number = threshold.toLocaleString('en-US');
  const value = `${signs[is]} ${number}${unit === undefined ? '' : ` ${unit}`}`;
  return `${value}${silence === 'breaching' ? ', or no data,' : ''} ${periodWords(alarm)}`;
};

/** The anchor that GitHub gives a heading. */
export const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N} _-]/gu, '')
    .replaceAll(' ', '-');

/** The rows of the runbook's table; alarms of a kind that differ only in whose they are share one. */
export const alarmRows = (alarms: readonly AlarmDefinition[]): readonly string[] => {
  const kinds = new Map<string, string[]>();
  for (const alarm of alarms) {
    const { section, watched, of, urgency } = alarm;
    const row = JSON.stringify([`[${section}](#${anchorOf(section)})`, watched.words, thresholdWords(alarm), urgency]);
    const values = kinds.get(row) ?? [];
    kinds.set(row, of === undefined ? values : [...values, `\`${of}\``]);
  }
  return [...kinds].map(([row, values]) => {
    const [link, words, threshold, urgency] = JSON.parse(row) as string[];
    const whose = values.length === 0 ? '' : `: ${values.join(', ')}`;
    return `| ${link} | ${words}${whose} | ${threshold} | ${urgency} |`;
  });
};
