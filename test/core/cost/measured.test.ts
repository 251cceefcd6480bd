import { readMeasuredRun } from '../../../src/core/cost/measured';
import { measuredRun } from '../../../src/core/cost/measured-run';
import { aRun } from './samples';

test('a run is read by itself, and out of the JSON of the benchmark', () => {
  expect(readMeasuredRun(aRun)).toEqual({ run: aRun });
  const reports = [{ title: 'Another subject' }, { title: 'Cost', measured: aRun }];
  expect(readMeasuredRun({ machine: {}, options: {}, reports })).toEqual({ run: aRun });
});

test('the run that came along can be reckoned with, and something happened in it', () => {
  expect(readMeasuredRun(measuredRun)).toEqual({ run: measuredRun });
  expect(measuredRun.taken.executions).toBeGreaterThanOrEqual(measuredRun.conversations);
  expect(measuredRun.taken.tableWriteUnits).toBeGreaterThan(measuredRun.messages);
});

test('every number that is missing or none is named', () => {
  const taken = { ...aRun.taken, sqsRequests: undefined };
  const idleHour = { ...aRun.idleHour, cpuSeconds: 'many' };
  expect(readMeasuredRun({ ...aRun, storedBytes: undefined, taken, again: {}, idleHour })).toEqual({
    problems: [
      'storedBytes: expected a number, 0 or more, got nothing.',
      'taken.sqsRequests: expected a number, 0 or more, got nothing.',
      'again.tableWriteUnits: expected a number, 0 or more, got nothing.',
      'again.indexWriteUnits: expected a number, 0 or more, got nothing.',
      'again.readUnits: expected a number, 0 or more, got nothing.',
      'idleHour.cpuSeconds: expected a number, 0 or more, got "many".',
    ],
  });
});

test('a run in which nothing came says nothing of an event', () => {
  expect(readMeasuredRun({ ...aRun, messages: 0 })).toEqual({
    problems: ['messages: expected some, got 0. Measure a run in which something comes.'],
  });
});

test('what is no run, or one of another layout, is refused', () => {
  for (const value of [null, [], {}, { ...aRun, layout: 2 }]) expect(readMeasuredRun(value)).toHaveProperty('problems');
});
