import type { TypeFiles } from './generate';

const say = (line: string | undefined): string => (line === undefined ? 'the end of the file' : `"${line.trim()}"`);

const firstDifference = (expected: string, found: string): string => {
  const [want, have] = [expected, found].map((text) => text.split('\n'));
  const at = want?.findIndex((line, index) => line !== have?.[index]) ?? -1;
  const line = at === -1 ? (want?.length ?? 0) : at;
  return `line ${line + 1} expected ${say(want?.[line])}, found ${say(have?.[line])}`;
};

/** How the files that are there differ from those that the schemas make, one line for each file; none if they do not. */
export const differences = (expected: TypeFiles, found: TypeFiles): readonly string[] =>
  [...new Set([...expected.keys(), ...found.keys()])].sort().flatMap((name) => {
    const [want, have] = [expected.get(name), found.get(name)];
    if (want === have) return [];
    if (have === undefined) return [`${name}: expected it, found none`];
    if (want === undefined) return [`${name}: expected no such file, its schema is gone`];
    return [`${name}: ${firstDifference(want, have)}`];
  });
