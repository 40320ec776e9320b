import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { budgetOf } from "../support/budget.ts";
import { absentFrom } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "memory/dev-shm",
  title: "the container's /dev/shm is too small for one parallel query",
  severity: "warning",
  docs: () => ({
    why: 'Parallel queries and parallel vacuums share their memory in files under /dev/shm. Docker and Kubernetes give it 64MB; the first parallel hash join that wants more fails with "could not resize shared memory segment: No space left on device", while the host has memory to spare.',
    fix: "Give the container more: `--shm-size` for docker, an emptyDir with `medium: Memory` on /dev/shm for Kubernetes. It counts as memory of the container.",
    traps:
      "dynamic_shared_memory_type = mmap is no way out: it goes to files of the data directory. min_dynamic_shared_memory (14 and later) sets memory aside beside /dev/shm, which is used first.",
    leave: "Leave it where max_parallel_workers_per_gather and max_parallel_maintenance_workers are 0.",
    see: [
      settingDocs("resource", "dynamic_shared_memory_type"),
      settingDocs("resource", "min_dynamic_shared_memory"),
      "https://github.com/docker-library/postgres/issues/416",
    ],
  }),
  *check(cluster) {
    const { conf, host } = cluster;
    const shm = host.shm?.value;
    const parts = budgetOf(cluster)?.parts;
    if (!conf || shm === undefined || !parts || !host.container?.value) return;
    if (conf.known("dynamic_shared_memory_type")?.value !== "posix") return;
    const workers = Number(conf.known("max_parallel_workers_per_gather")?.value ?? 0);
    const each = parts.workMem * parts.hashMemMultiplier;
    const wanted = (workers + 1) * each;
    const reserved = Number(conf.known("min_dynamic_shared_memory")?.value ?? 0) * 1024 ** 2;
    if (workers === 0 || wanted <= shm + reserved) return;
    yield {
      place: absentFrom(conf),
      message: `One parallel hash may take ${workers + 1} processes x ${roughBytes(each)} = ${roughBytes(wanted)} of /dev/shm, which has ${roughBytes(shm)} (${host.shm?.from}); give the container more.`,
      confidence: "medium",
    };
  },
});
