import type { Running } from "../servers/cluster.ts";

/** One statement of the analytical set, under the name that the table shows. */
interface Step {
  readonly name: string;
  readonly sql: string;
  /** What takes the statement's effect back, outside the measured time. */
  readonly undo?: string;
}

export const STEPS: readonly Step[] = [
  {
    name: "sort",
    sql: "select count(*) from (select amount, id, reference from sale order by amount, id offset 0) sorted",
  },
  {
    name: "hash join",
    sql: `select c.region, sum(s.amount) from sale s join customer c on c.id = s.customer
          where c.opened < date '2020-01-01' group by c.region order by 2 desc`,
  },
  {
    name: "hash join of large tables",
    sql: `select count(*), sum(s.amount - r.refund) from sale s join return r on r.sale = s.id`,
  },
  {
    name: "aggregate, many groups",
    sql: `select count(*), max(total) from
          (select customer, sum(amount) as total, count(*) from sale group by customer) per_customer`,
  },
  {
    name: "distinct and percentile",
    sql: `select region, count(distinct customer), percentile_cont(0.5) within group (order by amount)
          from sale join shop on shop.id = sale.shop where sold >= date '2024-01-01' group by region`,
  },
  {
    name: "window",
    sql: `select max(running) from (select sum(amount) over (partition by customer order by sold) as running
          from sale where shop < 100) s`,
  },
  {
    name: "range by index",
    sql: `select count(*), sum(amount) from sale where sold >= date '2024-03-01' and sold < date '2024-03-08'`,
  },
  {
    name: "index build",
    sql: "create index sale_customer on sale (customer, sold, amount)",
    undo: "drop index sale_customer",
  },
];

/** Sales of ten years with their customers, shops and returns; about 250 MB to a million sales. */
export async function loadAnalytical(server: Running, sales: number): Promise<void> {
  const client = await server.connect();
  const customers = Math.round(sales / 10);
  // A hash instead of random(): every load gives the same rows.
  const dice = (salt: number, sides: number) =>
    `(hashint8extended(id, ${salt}) & 9007199254740991) % ${sides}`;
  for (const statement of [
    `create table customer as select id, ${dice(1, 40)} as region, date '2012-01-01' + (${dice(2, 4500)})::int as opened,
       md5(id::text) as name from generate_series(0::bigint, ${customers - 1}) id`,
    `create table shop as select id, ${dice(3, 25)} as region from generate_series(0::bigint, 499) id`,
    `create table sale as select id, ${dice(4, customers)} as customer, ${dice(5, 500)} as shop,
       timestamp '2015-01-01' + make_interval(secs => ${dice(6, 315_360_000)}) as sold,
       (${dice(7, 100_000)} / 100.0)::numeric(10,2) as amount, md5(id::text) as reference, repeat('.', 100) as note
       from generate_series(0::bigint, ${sales - 1}) id`,
    `create table return as select id * 4 as sale, (${dice(8, 5000)} / 100.0)::numeric(10,2) as refund,
       'as new'::text as state from generate_series(0::bigint, ${Math.floor(sales / 4) - 1}) id`,
    "create index sale_sold on sale (sold)",
    "alter table customer add primary key (id)",
    "vacuum (analyze, freeze)",
  ])
    await client.rows(statement);
  client.close();
}

/** Seconds of each step, in one session. */
export async function runAnalytical(server: Running): Promise<Record<string, number>> {
  const client = await server.connect();
  const seconds: Record<string, number> = {};
  for (const { name, sql, undo } of STEPS) {
    const started = performance.now();
    await client.rows(sql);
    seconds[name] = (performance.now() - started) / 1000;
    if (undo) await client.rows(undo);
  }
  client.close();
  return seconds;
}
