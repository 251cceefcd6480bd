declare module 'asl-validator' {
  interface Verdict {
    readonly isValid: boolean;
    readonly errorsText: (separator?: string) => string;
  }
  function validate(definition: object, options?: { readonly checkPaths?: boolean; readonly checkArn?: boolean }): Verdict;
  export = validate;
}
