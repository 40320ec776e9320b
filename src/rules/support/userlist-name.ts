/**
 * A user of userlist.txt, for a message. A quote that nobody closed makes a name of what stands on the next lines too, and
 * that may be a password.
 */
export const userlistName = (user: string): string =>
  user.includes("\n") ? "a user whose name goes on behind the end of the line" : user;
