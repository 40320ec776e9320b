/** Checks the sections of a pgconflint.ini; `errors` tells what is wrong with the last one that was checked. */
declare const validate: {
  (sections: unknown): boolean;
  errors:
    | readonly {
        readonly instancePath: string;
        readonly keyword: string;
        readonly params: Readonly<Record<string, unknown>>;
        readonly data?: unknown;
      }[]
    | null;
};
export default validate;
