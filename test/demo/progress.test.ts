import { openProgress } from '../../localstack/demo/progress';

const watched = (isTTY: boolean) => {
  const written: string[] = [];
  let nowMs = 0;
  const progress = openProgress({ isTTY, columns: 20, write: (text) => written.push(text) }, () => nowMs);
  return { written, progress, wait: (ms: number) => (nowMs += ms) };
};

test('where it is piped, progress is whole lines without control characters', () => {
  const { written, progress, wait } = watched(false);
  progress.phase('wave 1');
  wait(6_000);
  progress.tell('3 windows open');
  progress.end();
  expect(written).toEqual(['wave 1\n', 'wave 1: 3 windows open\n']);
});

test('where it is piped, progress speaks at most every five seconds', () => {
  const { written, progress, wait } = watched(false);
  progress.phase('wave 1');
  for (let look = 0; look < 100; look++) {
    wait(100);
    progress.tell(`look ${look}`);
  }
  expect(written).toHaveLength(1 + 2);
});

test('on a terminal, progress is one line that never wraps and leaves nothing behind', () => {
  const { written, progress } = watched(true);
  progress.phase('a very long name of a phase');
  progress.end();
  expect(written).toEqual(['\r\u001b[Ka very long name of', '\r\u001b[K']);
});
