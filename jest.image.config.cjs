/** The container image as IMAGE_TOOL has built it, on the stand-ins or on what AWS_ENDPOINT_URL names. See .ci/run. */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/image/*.live.ts'],
  testTimeout: 240_000,
  verbose: true,
};
