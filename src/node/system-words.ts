import { IS_A_DIRECTORY, NO_SUCH_FILE } from "../text/files.ts";

/** strerror() of Linux, which the servers print as well. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: NO_SUCH_FILE,
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  EISDIR: IS_A_DIRECTORY,
  ENOTDIR: "Not a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENXIO: "No such device or address",
  EMFILE: "Too many open files",
  EBUSY: "Device or resource busy",
  EIO: "Input/output error",
  ENOSPC: "No space left on device",
  EROFS: "Read-only file system",
  // A NUL byte in a path ends it for the system; no file has such a name.
  ERR_INVALID_ARG_VALUE: NO_SUCH_FILE,
};

/** The operating system's words for an error, or for its code. */
export function systemWords(error: unknown): string {
  const code = typeof error === "string" ? error : errorCode(error);
  return WORDS[code] ?? (code || "unknown error");
}

/** "ENOENT" and its kin; empty where the error has none. */
export const errorCode = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : "";
