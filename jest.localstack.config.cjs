/** The suites that talk to AWS, and the story, against whatever AWS_ENDPOINT_URL names: LocalStack, or anything that speaks AWS. */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: [
    '<rootDir>/test/contract/aws*.test.ts',
    '<rootDir>/test/localstack/{provision,endpoint,statements}.test.ts',
    '<rootDir>/test/localstack/*.aws.ts',
    '<rootDir>/test/infra/endpoint.test.ts',
    '<rootDir>/test/story/story.test.ts',
  ],
  globalSetup: '<rootDir>/test/endpoint-given.cjs',
  testTimeout: 120_000,
};
