import { buildCluster } from "../cluster/build.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { knownReleases, resolveTarget, type TargetInput } from "../cluster/target.ts";
import type { FileSet } from "../text/files.ts";
import { declaredIn } from "./lint-files.ts";

/** One server's files for the releases that are asked for, else for those that the files say. */
export const clusterOf = (files: FileSet, target: TargetInput): Cluster =>
  buildCluster(files, resolveTarget(target, knownReleases(declaredIn(files).target)));
