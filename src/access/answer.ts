/** What a test says: yes, no, or what it would take to know. */
export type Answer = boolean | Unknown;

/** A condition in words, such as "bob is a member of staff": yes where it holds, else no. */
export interface Unknown {
  readonly onlyIf: string;
}

export const isUnknown = (answer: Answer): answer is Unknown => typeof answer === "object";

/** Yes as soon as one of them is; unknown where none is and one may be. */
export function anyOf<T>(items: Iterable<T>, test: (item: T) => Answer): Answer {
  const conditions = new Set<string>();
  for (const item of items) {
    const answer = test(item);
    if (answer === true) return true;
    if (isUnknown(answer)) conditions.add(answer.onlyIf);
  }
  return conditions.size > 0 && { onlyIf: [...conditions].join(" or ") };
}
