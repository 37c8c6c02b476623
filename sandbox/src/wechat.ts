import type { Answer, Endpoint } from './wire.ts';
import { sha256 } from './signature.ts';
import type { Store } from './world.ts';

/** WeChat's login: a code is good for one use. Errors as the platform numbers them. */
export const wechat = (store: Store): readonly Endpoint[] => [
  {
    target: 'wechat.jscode2session',
    method: 'GET',
    path: '/wechat/sns/jscode2session',
    play: ({ query, fault }) => login(store, query['js_code'] ?? '', fault?.mode === 'refuse'),
  },
];

function login(store: Store, code: string, isRefused: boolean): Answer {
  if (isRefused) return said({ errcode: 40226, errmsg: 'code blocked' });
  const openid = /^code-(.+)-[^-]+$/.exec(code)?.[1];
  const person = openid === undefined ? undefined : store.world.byOpenid.get(openid);
  if (person === undefined) return said({ errcode: 40029, errmsg: 'invalid code' });
  if (store.world.usedCodes.has(code)) return said({ errcode: 40163, errmsg: 'code been used' });
  store.commit({ t: 'code_used', code });
  return said({ openid: person.openid, session_key: sha256(`session ${code}`).slice(0, 24) });
}

const said = (body: Answer['body']): Answer => ({ status: 200, body });
