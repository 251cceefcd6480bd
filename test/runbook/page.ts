import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/* docs/runbook.md, as tests read it. */

export const pageFile = join(__dirname, '../../docs/runbook.md');
export const page = readFileSync(pageFile, 'utf8');

/** A shell's words: quotes hold some together. */
export const wordsOf = (line: string): readonly string[] =>
  [...line.matchAll(/"([^"]*)"|'([^']*)'|([^\s"']+)/g)].map(([, double, single, plain]) => double ?? single ?? plain ?? '');

const isCommand = (line: string): boolean => /^tidemark /.test(line);

/** Every `tidemark …` that the page tells somebody to type, in its order: lines of its `sh` blocks, and what it names within the text. */
export const commandsOf = (text: string): readonly string[] => {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) => block.split('\n'));
  const named = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`(tidemark [^`]+)`/g)].map(([, line = '']) => line);
  return [...blocks, ...named].filter(isCommand);
};

export interface Exchange {
  readonly command: string;
  readonly output: string;
}

export const transcriptBlock = /^```console\n([\s\S]*?)^```/m;

const partsOf = (text: string): readonly string[] => (transcriptBlock.exec(text)?.[1] ?? '').split(/^\$ /m).slice(1);
const isTold = (line: string): boolean => line.startsWith('#');

/** The `console` block: what was typed after `$ `, and what came. Lines that begin with `#` say what happened elsewhere. */
export const transcriptOf = (text: string): readonly Exchange[] =>
  partsOf(text).map((part) => {
    const [command = '', ...lines] = part.split('\n');
    const output = lines.filter((line) => !isTold(line)).join('\n');
    return { command, output: output.trim() };
  });

/** What is said to have happened after this command. */
export const transcriptPart = (text: string, command: string): readonly string[] =>
  (partsOf(text).find((part) => part.startsWith(`${command}\n`)) ?? '').split('\n').filter(isTold);

export interface Section {
  readonly title: string;
  readonly text: string;
}

export const sectionsOf = (text: string): readonly Section[] =>
  text
    .split(/^## /m)
    .slice(1)
    .map((part) => ({ title: part.slice(0, part.indexOf('\n')), text: part.slice(part.indexOf('\n') + 1) }));

export interface Alarm {
  readonly title: string;
  readonly metrics: readonly { readonly name: string; readonly isOurs: boolean }[];
  readonly threshold: string;
  readonly urgency: string;
}

/** The rows of the table of alarms. */
export const alarmsOf = (text: string): readonly Alarm[] =>
  [...text.matchAll(/^\| \[([^\]]+)\]\(#[^)]+\) \| ([^|]+) \| ([^|]+) \| ([^|]+) \|$/gm)].map(
    ([, title = '', metric = '', threshold = '', urgency = '']) => ({
      title,
      metrics: [...metric.matchAll(/`([A-Z]\w+)`/g)].map(([, name = '']) => ({
        name,
        isOurs: !/^(AWS|ECS)\//.test(metric),
      })),
      threshold,
      urgency,
    }),
  );
