interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
}

/** What every reader of JUnit's XML wants: nothing but its elements, all names there, and counts that are true. */
export function junitProblems(xml: string): string[] {
  const problems: string[] = [];
  const top: Element = { name: "", attributes: {}, children: [] };
  const open: Element[] = [top];
  for (const [, close, name = "", attributes = "", alone] of xml
    .replace(/^<\?xml[^>]*\?>/, "")
    .matchAll(/<(\/?)([\w-]+)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    if (close) {
      if (open.pop()?.name !== name) problems.push(`</${name}> closes nothing`);
      continue;
    }
    const element: Element = { name, attributes: attributesOf(attributes), children: [] };
    open.at(-1)?.children.push(element);
    if (!alone) open.push(element);
  }
  if (open.length !== 1) problems.push("an element is not closed");
  if (top.children.length !== 1 || top.children[0]?.name !== "testsuites")
    problems.push("the root is not one <testsuites>");
  const suites = top.children.flatMap(({ children }) => children);
  for (const suite of suites) {
    if (suite.name !== "testsuite") problems.push(`<${suite.name}> in <testsuites>`);
    problems.push(...miscounted(suite, suite.children));
    for (const test of suite.children) {
      if (test.name !== "testcase") problems.push(`<${test.name}> in <testsuite>`);
      for (const wanted of ["name", "classname"])
        if (!test.attributes[wanted]) problems.push(`a testcase without ${wanted}`);
      for (const { name } of test.children)
        if (!["failure", "error", "skipped", "system-out", "system-err"].includes(name))
          problems.push(`<${name}> in <testcase>`);
    }
  }
  const [root] = top.children;
  if (root)
    problems.push(
      ...miscounted(
        root,
        suites.flatMap(({ children }) => children),
      ),
    );
  return problems;
}

const attributesOf = (text: string) =>
  Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, name = "", value = ""]) => [name, value]),
  );

function miscounted({ name, attributes }: Element, tests: readonly Element[]): string[] {
  const failures = tests.filter(({ children }) => children.some((child) => child.name === "failure"));
  const counts = { tests: tests.length, failures: failures.length };
  return [
    ...(attributes.name ? [] : [`<${name}> without a name`]),
    ...Object.entries(counts)
      .filter(([key, count]) => attributes[key] !== String(count))
      .map(([key, count]) => `<${name}> has ${count} ${key}, and says ${attributes[key]}`),
  ];
}
