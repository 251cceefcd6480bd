import { parseOptions } from '../../localstack/chaos/options';
import { refusalOf } from '../options';

test('without flags it goes on for five minutes, on the embedded stand-ins', () => {
  expect(parseOptions([])).toEqual({ minutes: 5, seed: '1', workers: 3, localstack: false, ingest: false });
});

test('each flag is taken', () => {
  const args = '--minutes 0.5 --seed xyz --workers 4 --localstack --ingest --sabotage delete-before-write'.split(' ');
  expect(parseOptions(args)).toEqual({
    minutes: 0.5,
    seed: 'xyz',
    workers: 4,
    localstack: true,
    ingest: true,
    sabotage: 'delete-before-write',
  });
});

test('--help tells every flag and the exit codes', () => {
  const { code, said } = refusalOf(parseOptions, ['--help']);
  expect(code).toBe(0);
  for (const word of ['--minutes', '--seed', '--workers', '--localstack', '--ingest', '--sabotage', 'Exit code'])
    expect(said).toContain(word);
});

test.each([
  [['--minutes', '0.1'], 'from 0.25 to 120'],
  [['--minutes', 'five'], 'from 0.25 to 120'],
  [['--workers', '1'], 'whole number from 2 to 16'],
  [['--sabotage', 'everything'], 'delete-before-write'],
  [['--sabotage', 'answer-before-write'], 'expected --ingest with'],
  [['--fast'], "unknown option '--fast'"],
])('%j is refused, with what was expected', (args, expected) => {
  const { code, said } = refusalOf(parseOptions, args);
  expect(code).toBe(1);
  expect(said).toContain(expected);
});
