/** ALTER SYSTEM, whose values are strings whatever their type. */
export const statement = (name: string, value: string): string =>
  `ALTER SYSTEM SET ${name} = '${value.replaceAll("'", "''")}';`;
