import { useApp } from '../app-context.ts';
import { day, groupedYuan } from '../format.ts';

type Row = { readonly number: number; readonly dueOn: string; readonly principal: bigint; readonly interest: bigint; readonly total: bigint };

/** A schedule as bars (principal and interest of each installment) over the table that says the same in figures. */
export function ScheduleTable({ rows }: { readonly rows: readonly Row[] }) {
  const { words, language } = useApp();
  const sum = (part: 'principal' | 'interest' | 'total') => rows.reduce((all, row) => all + row[part], 0n);
  return (
    <div class="schedule">
      <Bars rows={rows} />
      <p class="key"><i class="key-principal" />{words.schedule.principal}<i class="key-interest" />{words.schedule.interest}</p>
      <div class="wide" tabIndex={0} role="region" aria-label={words.schedule.caption}>
        <table>
          <caption class="unseen">{words.schedule.caption}</caption>
          <thead>
            <tr><th scope="col">{words.schedule.number}</th><th scope="col">{words.schedule.due}</th><th scope="col">{words.schedule.total}</th><th scope="col">{words.schedule.principal}</th><th scope="col">{words.schedule.interest}</th></tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={row.number}>
                <th scope="row">{row.number}</th><td>{day(row.dueOn, language)}</td><td>{groupedYuan(row.total)}</td><td>{groupedYuan(row.principal)}</td><td>{groupedYuan(row.interest)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr><th scope="row" colSpan={2}>{words.schedule.sum}</th><td>{groupedYuan(sum('total'))}</td><td>{groupedYuan(sum('principal'))}</td><td>{groupedYuan(sum('interest'))}</td></tr>
          </tfoot>
        </table>
      </div>
    </div>
  );
}

const WIDTH = 240;
const HEIGHT = 64;

/** Drawn in whole units of a small picture: shares of the largest row, no money is computed here. */
function Bars({ rows }: { readonly rows: readonly Row[] }) {
  const highest = rows.reduce((max, row) => (row.total > max ? row.total : max), 1n);
  const height = (amount: bigint): number => Number((amount * BigInt(HEIGHT) * 100n) / highest) / 100;
  const step = WIDTH / Math.max(rows.length, 1);
  return (
    <svg class="bars" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
      {rows.map((row, index) => {
        const [principal, interest] = [height(row.principal), height(row.interest)];
        const place = { x: index * step + step * 0.12, width: step * 0.76 };
        return (
          <g key={row.number}>
            <rect class="bar-principal" {...place} y={HEIGHT - principal} height={principal} />
            <rect class="bar-interest" {...place} y={HEIGHT - principal - interest} height={interest} />
          </g>
        );
      })}
    </svg>
  );
}
