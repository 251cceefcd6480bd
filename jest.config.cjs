/** Everything that needs no Docker: unit, contracts in memory and on the embedded stand-ins, the story. */
module.exports = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  testMatch: ['**/*.test.ts'],
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: 'tsconfig.json' }] },
  setupFiles: ['<rootDir>/test/setup.ts'],
  testTimeout: 120_000,
  workerIdleMemoryLimit: '1GB',
  // Jest leaves one core idle by itself: half of a small machine.
  maxWorkers: '100%',
};
