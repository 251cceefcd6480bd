import { parseOptions } from '../../localstack/demo/options';
import { refusalOf } from '../options';

test('without flags the demo has a size of its own', () => {
  expect(parseOptions([])).toEqual({ conversations: 200, seed: '1', workers: 3, keep: false, ingest: false });
});

test('each flag is taken', () => {
  const args = '--conversations 40 --seed xyz --workers 5 --keep --ingest --sabotage start-twice'.split(' ');
  expect(parseOptions(args)).toEqual({
    conversations: 40,
    seed: 'xyz',
    workers: 5,
    keep: true,
    ingest: true,
    sabotage: 'start-twice',
  });
});

test('--help tells every flag, what --keep leaves running, and the exit codes', () => {
  const { code, said } = refusalOf(parseOptions, ['--help']);
  expect(code).toBe(0);
  for (const word of ['--conversations', '--seed', '--workers', '--keep', '--ingest', '--sabotage', 'until Ctrl-C', 'Exit code'])
    expect(said).toContain(word);
});

test.each([
  [['--conversations', '0'], 'whole number from 1 to 5000'],
  [['--conversations', 'many'], 'whole number from 1 to 5000'],
  [['--workers', '1.5'], 'whole number from 1 to 16'],
  [['--sabotage', 'everything'], 'drop-event, swap-two, start-twice'],
  [['--fast'], "unknown option '--fast'"],
])('%j is refused, with what was expected', (args, expected) => {
  const { code, said } = refusalOf(parseOptions, args);
  expect(code).toBe(1);
  expect(said).toContain(expected);
});
