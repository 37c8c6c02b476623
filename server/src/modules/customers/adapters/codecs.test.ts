import { describe, expect, it } from 'vitest';
import type { ProviderCall, ProviderReply } from '../../../platform/provider-http.ts';
import { decodeCheck, decodeCheckQuestion, encodeCheck } from './identity/codec.ts';
import { identityGateway } from './identity/gateway.ts';
import identityReplies from './identity/recorded/replies.json' with { type: 'json' };
import { decodeSms, smsGateway } from './sms/gateway.ts';
import smsReplies from './sms/recorded/replies.json' with { type: 'json' };
import { decodeLogin } from './wechat/codec.ts';
import { wechatLogin } from './wechat/gateway.ts';
import wechatReplies from './wechat/recorded/replies.json' with { type: 'json' };

const question = { checkId: 'idc_1', name: '李明华', idNumber: '990000199001010017', cardNumber: '6200000000000005', phone: '13800001234', faceTicket: 'face-1' };

describe("WeChat's words about a login code", () => {
  it.each(wechatReplies.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(decodeLogin(each.http, each.body)).toEqual(each.answer);
  });
});

describe("the identity provider's words", () => {
  it.each(identityReplies.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(decodeCheck('idc_1', each.http, each.body)).toEqual(each.answer);
  });
  it('only its own word says that it never saw a check', () => {
    expect(decodeCheckQuestion('idc_1', 404, { code: 'never_seen' })).toEqual({ outcome: 'never_seen' });
    expect(decodeCheckQuestion('idc_1', 404, '<html>')).toEqual({ outcome: 'unknown' });
  });
  it('the question carries the four factors and the face ticket', () => {
    expect(encodeCheck(question)).toEqual({ check_id: 'idc_1', name: '李明华', id_number: '990000199001010017', card_number: '6200000000000005', phone: '13800001234', face_ticket: 'face-1' });
  });
});

describe("the SMS provider's words", () => {
  it.each(smsReplies.map((each) => [each.name, each] as const))('%s', (_, each) => {
    expect(decodeSms('msg_1', each.http, each.body)).toBe(each.answer);
  });
});

describe('the wires', () => {
  const heard: ProviderCall[] = [];
  const silent = async (call: ProviderCall): Promise<ProviderReply> => {
    heard.push(call);
    return { kind: 'no_reply', seen: 'TimeoutError' };
  };

  it('that bring no reply tell nothing', async () => {
    expect(await wechatLogin(silent).exchange('code-a&b')).toEqual({ kind: 'unknown', seen: 'TimeoutError' });
    expect(await identityGateway(silent).check(question)).toEqual({ outcome: 'unknown' });
    expect(await identityGateway(silent).ask('idc_1')).toEqual({ outcome: 'unknown' });
    expect(await smsGateway(silent).send({ id: 'msg_1', phone: '13800001234', text: 'x' })).toBe('unknown');
    expect(heard.map((call) => `${call.method} ${call.path}`)).toEqual(['GET /sns/jscode2session?js_code=code-a%26b', 'POST /checks', 'GET /checks/idc_1', 'POST /messages']);
  });
});
