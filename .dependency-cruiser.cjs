/** The arrows of the house: who may import whom. Types count. */
const only = (name, from, allowed) => ({
  name,
  severity: 'error',
  from: { path: from },
  to: { path: '^(src|test|infra|localstack)/', pathNot: allowed },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    { name: 'src-stands-alone', severity: 'error', from: { path: '^src/' }, to: { path: '^(test|localstack|infra)/' } },
    only('core-is-pure', '^src/core/', '^src/core/'),
    {
      name: 'core-knows-no-outside',
      severity: 'error',
      from: { path: '^src/core/' },
      to: { dependencyTypes: ['npm', 'core'], pathNot: ['node_modules/ajv', '^(node:)?crypto$'] },
    },
    only('ports-are-types', '^src/ports[\\w-]*\\.ts$', '^src/core/'),
    only('pipeline-sees-steps', '^src/pipeline', '^src/(core/|ports[\\w-]*\\.ts|steps/)'),
    only('steps-see-ports', '^src/steps/', '^src/(core/|ports[\\w-]*\\.ts|steps/)'),
    only('worker-sees-pipeline', '^src/worker', '^src/(core/|ports[\\w-]*\\.ts|pipeline|worker|breaker-watch\\.ts)'),
    only('ingest-sees-ports', '^src/ingest', '^src/(ingest|core/|ports[\\w-]*\\.ts|breaker-watch\\.ts)'),
    only('breaker-watch-sees-ports', '^src/breaker-watch', '^src/(core/|ports[\\w-]*\\.ts)'),
    only('on-call-sees-ports', '^src/on-call/', '^src/(on-call/|core/|table/|ports[\\w-]*\\.ts|steps/)'),
    only('doctor-judges-data', '^src/doctor/', '^src/(doctor/|core/|ports[\\w-]*\\.ts|resources\\.ts)'),
    only('aws-sees-ports', '^src/aws/', '^src/(aws/|core/|table/|ports[\\w-]*\\.ts|resources\\.ts)'),
    only('genesys-sees-ports', '^src/genesys/', '^src/(genesys/|core/|ports[\\w-]*\\.ts)'),
    only('memory-sees-ports', '^src/memory/', '^src/(memory/|core/|table/|ports[\\w-]*\\.ts)'),
    only('table-is-layout', '^src/table/', '^src/(table/|core/)'),
    only('infra-sees-data', '^infra/', '^(infra/|src/(core/|resources\\.ts|config[\\w-]*\\.ts|schema-files\\.ts))'),
    only('resources-are-data', '^src/resources\\.ts$', '^src/core/'),
    {
      name: 'the-truth-is-independent',
      comment: 'Generated traffic, the truth about it and the fake Genesys know nothing of the program they judge.',
      severity: 'error',
      from: { path: '^localstack/(traffic|embedded/genesys)/' },
      to: { path: '^(src|test|infra)/' },
    },
    only('the-judge-is-independent', '^test/simulation/oracle/', '^test/simulation/(oracle/|history\\.ts)'),
    only('the-plan-is-independent', '^test/simulation/plan/', '^test/simulation/(plan/|(chance|delay|history|weather)\\.ts)'),
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.json'] },
  },
};
