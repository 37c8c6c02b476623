import type { ApplicationReply } from '@mingdai/contract';

/** What each stage of an application is handed: the application, and the two ways on. */
export type StageProps = { readonly application: ApplicationReply; readonly show: (application: ApplicationReply) => void; readonly again: () => void };
