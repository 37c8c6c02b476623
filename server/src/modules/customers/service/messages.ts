import { assert } from '@mingdai/loan-math';
import { system } from '../../../kernel/actor.ts';
import type { Instant } from '../../../kernel/instant.ts';
import type { Tx } from '../../../platform/tx.ts';
import { afterSending, isMessageTemplate, messageText, type MessageTemplate } from '../domain/message.ts';
import { readCustomer } from '../repository/customers.ts';
import { claimMessages, insertMessage, settleMessages, waitingMessages, type ClaimedMessage } from '../repository/messages.ts';
import { insertReadings } from '../repository/records.ts';
import { isRegistered, rowId, unseal, type CustomersDeps } from './deps.ts';

/** Longer than a call to the provider may take. */
const UNTOUCHED_SECONDS = 30;
const AT_ONCE = 8;

/** Asks for a text message in the transaction that is its reason: it is sent after the commit, or never. */
export async function message(tx: Tx, at: Instant, asked: { customerId: string; template: MessageTemplate; params: Readonly<Record<string, string>> }): Promise<void> {
  assert(isMessageTemplate(asked.template), 'a message has a template');
  await insertMessage(tx, { id: rowId('msg'), at, ...asked });
}

/**
 * Sends what waits, at most `limit`, outside any transaction. Each message has one id at the provider, which
 * delivers an id once; so one whose outcome is unknown is tried again under its id, five times in all.
 */
export async function sendMessages(deps: CustomersDeps, limit: number, untouchedSeconds = UNTOUCHED_SECONDS): Promise<{ sent: number }> {
  const waiting = await waitingMessages(deps.db, untouchedSeconds, limit);
  if (waiting.length === 0) return { sent: 0 };
  const claimed = await deps.db.transaction(async (tx) => {
    const mine = await claimMessages(tx, untouchedSeconds, waiting);
    await insertReadings(tx, mine.map(({ customerId }) => ({ id: rowId('rdg'), customerId, purpose: 'message', actor: system('customers'), at: deps.clock.now() })));
    return mine;
  });
  for (let start = 0; start < claimed.length; start += AT_ONCE) {
    const settled = await Promise.all(claimed.slice(start, start + AT_ONCE).map(async (each) => ({ ...each, status: afterSending(await send(deps, each), each.attempts) })));
    await deps.db.transaction((tx) => settleMessages(tx, settled));
  }
  return { sent: claimed.length };
}

async function send(deps: CustomersDeps, claimed: ClaimedMessage): Promise<'delivered' | 'refused' | 'unknown'> {
  const customer = await readCustomer(deps.db, claimed.customerId);
  if (customer === null || !isRegistered(customer)) return 'refused';
  return deps.sms.send({ id: claimed.id, phone: unseal(deps.cipher, customer).phone, text: messageText(claimed.template, claimed.params) });
}
