import { parseOptions } from '../../localstack/bench/options';

const known = ['ingest', 'intake'];

/** Commander tells usage on stderr before it throws. */
const silently = (args: readonly string[]): (() => unknown) => {
  jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  return () => parseOptions(args, known);
};

afterEach(() => jest.restoreAllMocks());

describe('options of the benchmarks', () => {
  test('nothing named: all subjects, three rounds, a round trip of 15 ms', () => {
    expect(parseOptions([], known)).toMatchObject({
      subjects: known,
      rounds: 3,
      rttMs: 15,
      json: false,
      chaos: false,
      overload: false,
    });
  });

  test('one is named, and all the rest may be said', () => {
    const args = ['ingest', '--rounds', '5', '--rtt', '0', '--seconds', '2', '--json', '--chaos', '--keep', '--profile', 'there'];
    expect(parseOptions(args, known)).toEqual({
      ...{ subjects: ['ingest'], rounds: 5, rttMs: 0, seconds: 2, json: true, chaos: true, overload: false, keep: true },
      profile: 'there',
    });
  });

  test.each([['no-such'], ['--rounds', '0'], ['--rtt', '-1'], ['--rtt', 'x'], ['--seconds', '0'], ['--no-such']])(
    'refused: %s %s',
    (...args) => {
      expect(silently(args.filter((arg) => typeof arg === 'string'))).toThrow();
    },
  );
});
