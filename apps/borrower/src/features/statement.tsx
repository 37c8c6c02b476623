import type { LoanReply } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { Button } from '../kit/controls.tsx';
import { TroubleNotice } from '../kit/notices.tsx';
import { useAction } from '../kit/use-action.ts';

/** The signed statement to take along, and where anybody can check it. */
export function StatementDownload({ loan }: { readonly loan: LoanReply }) {
  const { api, words } = useApp();
  const fetched = useAction(() => api.statement(loan.id), (statement) => save(`mingdai-statement-${loan.id}-${String(statement['as_of'])}.json`, statement));
  return (
    <>
      <h2>{words.loan.statement.title}</h2>
      <p>{words.loan.statement.what} <a href="/verify" target="_blank" rel="noopener">{words.loan.statement.check}</a></p>
      <Button kind="quiet" isPending={fetched.isPending} onClick={() => fetched.run()}>{words.loan.statement.download}</Button>
      <TroubleNotice trouble={fetched.trouble} onRetry={() => fetched.run()} />
    </>
  );
}

/** Hands the browser a file. White space is not signed: a member a line is easier to read. */
function save(name: string, statement: unknown): void {
  const url = URL.createObjectURL(new Blob([`${JSON.stringify(statement, null, 1)}\n`], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
