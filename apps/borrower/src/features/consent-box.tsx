import type { ConsentPurpose } from '@mingdai/contract';
import { useApp } from '../app-context.ts';
import { SignInFirst } from '../kit/notices.tsx';
import { useLoad } from '../kit/use-load.ts';

/** Which version of which text the borrower agreed to. A purpose that is absent was not agreed to. */
export type Agreed = Readonly<Partial<Record<ConsentPurpose, number>>>;

/** To whom each purpose opens the borrower's data: stands in the Chinese text that is agreed to, and is kept with it (DATA-011). */
export const RECIPIENTS: Readonly<Record<ConsentPurpose, string>> = {
  bureau_query: '征信机构及经许可的行为数据提供机构', identity_check: '人脸识别与银行卡核验机构', funder_share: '出借人及联合出资机构',
};

type Props = { readonly purpose: ConsentPurpose; readonly agreed: Agreed; readonly setAgreed: (agreed: Agreed) => void; readonly error?: string | undefined };

/** One consent: its whole text, then a box that nobody ticked. There is nothing to agree to before the text is there. */
export function ConsentBox({ purpose, agreed, setAgreed, error }: Props) {
  const { api, words } = useApp();
  const { state, again } = useLoad(purpose, () => api.consentText(purpose, RECIPIENTS[purpose]));
  const id = `consent-${purpose}`;
  const change = (isAgreed: boolean, version: number) => {
    const { [purpose]: _before, ...others } = agreed;
    setAgreed(isAgreed ? { ...others, [purpose]: version } : others);
  };
  if (state.kind === 'signed_out') return <SignInFirst />;
  if (state.kind !== 'shown') {
    return (
      <div class="consent" role="status">
        <p class="hint">{state.kind === 'loading' ? words.loading : words.apply.textMissing}</p>
        {state.kind === 'trouble' ? <button type="button" class="quiet" onClick={again}>{words.retry}</button> : null}
      </div>
    );
  }
  const { text, text_version } = state.value;
  return (
    <div class="consent">
      <p id={`${id}-text`} lang="zh-CN">{text}</p>
      <label class="tick">
        <input id={id} type="checkbox" checked={agreed[purpose] !== undefined} aria-invalid={error !== undefined} aria-describedby={`${id}-text ${id}-error`} onChange={(event) => change(event.currentTarget.checked, text_version)} />
        <span>{words.apply.agree[purpose]}</span>
      </label>
      <p class="error" id={`${id}-error`}>{error ?? ''}</p>
    </div>
  );
}
