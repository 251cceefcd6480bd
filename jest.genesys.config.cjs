/** What is believed of Genesys Cloud, asked of a real organisation: reads only. See localstack/README.md. */
module.exports = {
  ...require('./jest.config.cjs'),
  testMatch: ['<rootDir>/test/contract/genesys-organisation.live.ts'],
  verbose: true,
};
