import type { Version } from "../catalog/version.ts";
import { clamp, GB, MB } from "./round.ts";

/** What the size of the shared memory depends on; what is left out is the server's default. Sizes in bytes. */
export interface SharedParts {
  readonly version: Version;
  readonly sharedBuffers: number;
  readonly connections: number;
  readonly locksPerTransaction?: number | undefined;
  readonly preparedTransactions?: number | undefined;
  readonly workerProcesses?: number | undefined;
  readonly walSenders?: number | undefined;
  /** autovacuum_worker_slots, up to 17 autovacuum_max_workers. */
  readonly autovacuumSlots?: number | undefined;
  /** Unset: a thirty-second of shared_buffers, 16MB at most. */
  readonly walBuffers?: number | undefined;
}

const kB = 1024;
const BLOCK = 8 * kB;

/**
 * All shared memory of a server, as `postgres -C shared_memory_size` of 15 to 18 prints it. Each row is what one part of
 * the server asks for in its …ShmemSize(), with the sizes of its C structures on 64 bits; pg_shmem_allocations shows
 * most of them. `npm run conformance` holds the sum to within 4MB.
 */
export function sharedMemory(parts: SharedParts): number {
  return rows(parts).reduce((sum, bytes) => sum + bytes, 0);
}

function rows({ version: { major }, sharedBuffers, connections, ...parts }: SharedParts): number[] {
  const { locksPerTransaction = 64, preparedTransactions = 0 } = parts;
  const { workerProcesses = 8, walSenders = 10, autovacuumSlots = major >= 18 ? 16 : 3 } = parts;
  const buffers = Math.floor(sharedBuffers / BLOCK);
  // MaxBackends: autovacuum's launcher has a slot as well, and 18 counts one more special worker.
  const slots = connections + autovacuumSlots + 1 + workerProcesses + walSenders + (major >= 18 ? 1 : 0);
  const transactions = slots + preparedTransactions;
  const locks = transactions * locksPerTransaction;
  // max_pred_locks_per_transaction, which nobody changes.
  const predicates = transactions * 64;
  const walBlocks =
    parts.walBuffers === undefined ? clamp(Math.floor(buffers / 32), 8, 2048) : parts.walBuffers / BLOCK;
  return [
    // buf_init.c: blocks, descriptors, condition variables, what a checkpoint sorts
    buffers * (BLOCK + 64 + 16 + 20),
    // buf_table.c: where each buffer is
    hashTable(buffers + 128, 24),
    // checkpointer.c: the queue of files to sync
    Math.min(buffers, 10e6) * (major >= 17 ? 32 : 24),
    // xlog.c: wal_buffers
    walBlocks * (BLOCK + 8),
    // clog.c, commit_ts.c, subtrans.c …: the states of transactions, by shared_buffers
    ...(major >= 17
      ? [clamp(Math.floor(buffers / 512), 16, 1024) * 33_272]
      : [clamp(buffers / 512, 4, 128) * 16_552, clamp(buffers / 256, 4, 256) * 8344]),
    major >= 18 ? ioHandles(buffers, slots) : 0,
    // lock.c: locks and twice as many that hold or await one, and a tenth more for safety
    1.1 * (hashTable(locks, 152) + hashTable(2 * locks, 64)),
    // proc.c: from 18 on each has room for as many locks of tables that nobody else locks
    major >= 18 ? (transactions * 72 * locksPerTransaction) / 16 : 0,
    // predicate.c: locks and their holders for serializable transactions
    1.1 * (hashTable(predicates, 32) + hashTable(2 * predicates, 56)),
    // proc.c, procarray.c, backend_status.c, sinvaladt.c, twophase.c …: what each of them has
    transactions * 7.5 * kB,
    // …and what is there once
    (major >= 17 ? 2.4 : 1.9) * MB,
  ];
}

/** aio_init.c: as many reads and writes at once as io_max_concurrency = -1 gives each process, with their buffers' vectors. */
function ioHandles(buffers: number, slots: number): number {
  const processes = slots + 38;
  return processes * clamp(Math.floor(buffers / processes), 1, 64) * 528;
}

/** dynahash.c: each entry with its head, pointers for a power of two of buckets, and one for each 256 of these. */
function hashTable(entries: number, size: number): number {
  const buckets = 2 ** Math.ceil(Math.log2(entries));
  return entries * (16 + size) + buckets * (8 + 8 / 256);
}

const HUGE_PAGE = 2 * MB;

/** vm.nr_hugepages for so much shared memory, and one in a hundred to spare. */
export const hugePagesFor = (bytes: number): number => Math.ceil((bytes * 1.01) / HUGE_PAGE);

/**
 * Without huge pages every process has a page table of 8 bytes for each page of 4kB of the buffers that it touched, which
 * are all of them soon after the first random reads.
 */
export const pageTable = (sharedBuffers: number): number => (sharedBuffers / 4096) * 8;

/** From here on the page tables of a host with ordinary pages are worth setting huge ones aside for. */
export const HUGE_PAGES_PAY = 2 * GB;
