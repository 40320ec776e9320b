import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "io/io-uring-blocked",
  title: "io_method = io_uring on a host that forbids it",
  severity: "error",
  versions: { postgres: ">=18" },
  docs: () => ({
    why: "The server sets up its rings at start, and does not start where the kernel or the container's filter of system calls refuses them.",
    fix: "Write `io_method = worker`, which reads as far ahead with processes of its own, or allow io_uring: kernel.io_uring_disabled = 0, and a seccomp profile that has its three calls.",
    traps:
      "The same file works on the next host, which allows it; kernels and container runtimes change their minds about it with updates.",
    see: [
      settingDocs("resource", "io_method"),
      "https://docs.kernel.org/admin-guide/sysctl/kernel.html#io-uring-disabled",
    ],
  }),
  *check({ conf, host }) {
    const method = writtenIn(conf, "io_method");
    if (method?.value !== "io_uring" || host.ioUring?.value !== false) return;
    yield {
      ...unwiseFor(
        method,
        "worker",
        `io_method = io_uring, which this host does not allow (${host.ioUring.from}): the server does not start; worker needs nothing of the kernel.`,
      ),
      apply: "restart",
    };
  },
});
