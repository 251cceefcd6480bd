import type { PlannedMessage } from '../../traffic/traffic';
import { generateTraffic } from '../../traffic/generate';
import { readBodies } from '../generate/bodies';
import { carriedIn, type Carried } from './carried';

/** Message bodies to decode, again and again. */
export interface Corpus {
  readonly name: string;
  readonly bodies: readonly string[];
}

const conversations = 400;

/** So that looking at the clock between two passes costs nothing. */
const leastPerPass = 1_000;

const filled = (bodies: readonly string[]): readonly string[] =>
  Array.from({ length: Math.max(leastPerPass, bodies.length) }, (_, index) => bodies[index % bodies.length]!);

/** What was meant to be refused is not what a worker spends its day on. */
const generated = (): readonly string[] =>
  generateTraffic({ seed: 'core', conversations })
    .messages.filter(({ kind }: PlannedMessage) => kind !== 'bad')
    .map(({ body }) => body);

export const corpora = (): readonly Corpus[] => {
  const all = generated();
  const of = (format: Carried['format']): readonly string[] => all.filter((body) => carriedIn(body)?.format === format);
  return [
    { name: 'generated traffic', bodies: all },
    { name: 'its Genesys events', bodies: filled(of('genesys')) },
    { name: 'its detail envelopes', bodies: filled(of('detail-envelope')) },
    { name: 'its end marks', bodies: filled(of('conversation-end')) },
    { name: 'docs/example.jsonl', bodies: filled(readBodies()) },
  ];
};
