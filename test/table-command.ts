import { installAws, type AwsInstallation } from './contract/aws-installation';

/** A table of its own for a suite of a command that only looks, and the environment that names it. */
export const tableForCommands = (): {
  readonly aws: () => AwsInstallation;
  /** For one test. */
  readonly use: (changed?: Readonly<Record<string, string>>) => void;
} => {
  let environment: typeof process.env;
  let aws: AwsInstallation;
  beforeAll(async () => {
    aws = await installAws();
    environment = { ...process.env };
  });
  afterAll(() => aws.remove());
  afterEach(() => {
    process.env = { ...environment };
  });
  return {
    aws: () => aws,
    use: (changed = {}) => {
      process.env['AWS_REGION'] = 'us-east-1';
      process.env['AWS_ENDPOINT_URL'] = aws.endpointUrl;
      process.env['TABLE_NAME'] = aws.names.tableName;
      Object.assign(process.env, changed);
    },
  };
};
