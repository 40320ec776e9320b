import { effectiveSettingsOf, type SettingInEffect } from "../api/effective-settings.ts";
import { cleanValue, withUnit } from "../api/shown-value.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { table } from "../report/table.ts";
import { type Args, flag } from "./args.ts";
import { wantsJson } from "./format.ts";
import { readInput, tellRefused } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";
import { takes } from "./setting-page.ts";

export function show(args: Args, io: Io): ExitCode {
  const all = flag(args, "all") ?? false;
  const input = readInput(args, io);
  const every = input.servers.flatMap(({ files, target }) => effectiveSettingsOf(files, { target }));
  tellRefused(input.disk.refused, io);
  if (every.length === 0) throw new UserError("there is no postgresql.conf among the files");
  const settings = every.filter(({ path }) => all || path !== null).map(withoutSecrets);
  if (wantsJson(args)) io.stdout(jsonText(settings));
  else if (settings.length === 0) io.stdout("No setting differs from the default.\n");
  else io.stdout(table([["SETTING", "VALUE", "DEFAULT", "CHANGE TAKES", "FROM"], ...settings.map(row)]));
  return 0;
}

function withoutSecrets(setting: SettingInEffect): SettingInEffect {
  const clean = (value: string) => cleanValue(setting.name, value);
  return { ...setting, value: clean(setting.value), base: clean(setting.base) };
}

const row = (setting: SettingInEffect): string[] => [
  printable(setting.name),
  printable(setting.value),
  setting.default === null ? "" : withUnit(setting.default, setting.unit),
  takes(setting.context),
  setting.path === null ? "default" : `${printable(setting.path)}:${setting.line}`,
];
