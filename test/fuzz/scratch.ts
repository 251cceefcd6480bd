import type { Chance } from '../simulation/chance';

/* Mutations that know nothing of JSON: bytes as a bad line, a bad disk or a bad person leaves them. */

type Scratch = (bytes: Buffer, chance: Chance) => Buffer;

const somewhere = (bytes: Buffer, chance: Chance): number => chance.whole(0, Math.max(0, bytes.length - 1));

const slice = (bytes: Buffer, chance: Chance): readonly [number, number] => {
  const from = somewhere(bytes, chance);
  return [from, Math.min(bytes.length, from + chance.whole(1, chance.pick([4, 40, 400])))];
};

const truncate: Scratch = (bytes, chance) => bytes.subarray(0, somewhere(bytes, chance));

const flipBit: Scratch = (bytes, chance) => {
  const flipped = Buffer.from(bytes);
  const at = somewhere(bytes, chance);
  flipped[at] = (flipped[at] ?? 0) ^ (1 << chance.whole(0, 7));
  return flipped;
};

const insert: Scratch = (bytes, chance) => {
  const at = somewhere(bytes, chance);
  const inserted = Buffer.from(
    chance.pick(['"', '{', '}', '[', ']', ',', ':', '\\', '\0', '\ufeff', '\n', '0', ' ', 'null', '\\ud800']),
  );
  return Buffer.concat([bytes.subarray(0, at), inserted, bytes.subarray(at)]);
};

const cut: Scratch = (bytes, chance) => {
  const [from, to] = slice(bytes, chance);
  return Buffer.concat([bytes.subarray(0, from), bytes.subarray(to)]);
};

const repeat: Scratch = (bytes, chance) => {
  const [from, to] = slice(bytes, chance);
  const times = chance.pick([1, 1, 2, 20]);
  return Buffer.concat([
    bytes.subarray(0, to),
    ...Array.from({ length: times }, () => bytes.subarray(from, to)),
    bytes.subarray(to),
  ]);
};

const overwrite: Scratch = (bytes, chance) => {
  const [from, to] = slice(bytes, chance);
  const target = somewhere(bytes, chance);
  const changed = Buffer.from(bytes);
  bytes.copy(changed, target, from, to);
  return changed;
};

const noise: Scratch = (bytes, chance) => {
  const changed = Buffer.from(bytes);
  changed[somewhere(bytes, chance)] = chance.whole(0, 255);
  return changed;
};

/** A digit for a digit: the message stays JSON and says another time, or another id. */
const turnDigit: Scratch = (bytes, chance) => {
  const from = somewhere(bytes, chance);
  const at = bytes.findIndex((byte, index) => index >= from && byte >= 0x30 && byte <= 0x39);
  const changed = Buffer.from(bytes);
  if (at !== -1) changed[at] = 0x30 + chance.whole(0, 9);
  return changed;
};

const scratches: readonly [Scratch, ...Scratch[]] = [
  ...([truncate, flipBit, flipBit, flipBit, insert, cut, repeat, overwrite, noise, turnDigit, turnDigit] as const),
];

/** The text as SQS would hold it after such bytes: what is not UTF-8 has become U+FFFD. */
export const scratch = (text: string, chance: Chance): string => {
  const count = chance.pick([1, 1, 1, 2, 4]);
  const bytes = Array.from({ length: count }).reduce<Buffer>((sofar) => chance.pick(scratches)(sofar, chance), Buffer.from(text));
  return bytes.toString('utf8');
};
