import type { Page } from 'playwright-core';

/**
 * What is wrong with the three elements on the screen as it stands (G4, RATE-028), each named by its criterion
 * DISC-1 … DISC-9. Empty: they are there once each, large, legible, whole, in view without scrolling, and before the button that asks for a yes.
 */
export const disclosureFaults = (page: Page): Promise<readonly string[]> => page.evaluate(faultsOnScreen);

/** Runs in the page. Sizes are CSS pixels; the screen is what is seen with nothing scrolled. */
function faultsOnScreen(): string[] {
  const faults: string[] = [];
  const names = ['apr', 'method', 'overdue', 'total'];
  const sizeOf = (element: Element): number => Number.parseFloat(getComputedStyle(element).fontSize);
  const groups = document.querySelectorAll('[data-disclosure-group]');
  const group = groups[0] as HTMLElement | undefined;
  if (groups.length !== 1 || group === undefined) return [`DISC-1 there are ${groups.length} groups`];
  const found = names.map((name) => [...group.querySelectorAll<HTMLElement>(`[data-disclosure="${name}"]`)]);
  found.forEach((each, index) => { if (each.length !== 1 || each[0]!.textContent === '') faults.push(`DISC-1 ${each.length} of ${names[index]}`); });
  if (faults.length > 0) return faults;
  const values = found.map(([only]) => only!);

  // DISC-2: sizes against every number that is on screen.
  const isSeen = (element: Element): boolean => {
    const box = element.getBoundingClientRect();
    return element.checkVisibility({ opacityProperty: true, visibilityProperty: true } as never) && box.height > 0 && box.top < window.innerHeight && box.bottom > 0;
  };
  const texts: { element: Element; text: string }[] = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const element = node.parentElement!;
    if (/\d/.test(node.textContent ?? '') && isSeen(element)) texts.push({ element, text: node.textContent! });
  }
  for (const input of document.querySelectorAll('input')) if (input.type === 'text' && /\d/.test(input.value) && isSeen(input)) texts.push({ element: input, text: input.value });
  const largest = Math.max(...texts.map(({ element }) => sizeOf(element)));
  const [apr, ...others] = values as [HTMLElement, ...HTMLElement[]];
  if (sizeOf(apr) < Math.max(20, 0.75 * largest)) faults.push(`DISC-2 annual cost is ${sizeOf(apr)} px beside a number of ${largest} px`);
  for (const other of others) if (sizeOf(other) < Math.max(16, 0.5 * largest)) faults.push(`DISC-2 ${other.dataset['disclosure']} is ${sizeOf(other)} px`);
  for (const { element, text } of texts) {
    if (/%/.test(text) && !apr.contains(element) && sizeOf(element) >= sizeOf(apr)) faults.push(`DISC-2 another rate is as large: ${text.trim()}`);
    if (/日利率|每天|a day/.test(text) && sizeOf(element) > 0.75 * sizeOf(apr)) faults.push(`DISC-2 a day's price is large: ${text.trim()}`);
  }

  // DISC-3: contrast, with the colours as they reach the eye.
  const channels = (colour: string): number[] => (/rgba?\(([^)]+)\)/.exec(colour)?.[1] ?? '0,0,0').split(/[ ,/]+/).map(Number);
  const luminance = ([r = 0, g = 0, b = 0]: number[]): number => {
    const linear = [r, g, b].map((value) => { const share = value / 255; return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4; }) as [number, number, number];
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2];
  };
  const behind = (element: Element): number[] => {
    for (let at: Element | null = element; at !== null; at = at.parentElement) {
      const colour = channels(getComputedStyle(at).backgroundColor);
      if ((colour[3] ?? 1) > 0) return colour;
    }
    return [255, 255, 255];
  };
  const opacity = (element: Element): number => {
    let share = 1;
    for (let at: Element | null = element; at !== null; at = at.parentElement) share *= Number(getComputedStyle(at).opacity);
    return share;
  };
  const contrast = (element: Element): number => {
    const back = behind(element);
    const text = channels(getComputedStyle(element).color);
    const share = (text[3] ?? 1) * opacity(element);
    const [one, two] = [luminance(text.slice(0, 3).map((value, index) => value * share + back[index]! * (1 - share))), luminance(back)];
    return (Math.max(one, two) + 0.05) / (Math.min(one, two) + 0.05);
  };
  for (const value of values) if (contrast(value) < 7) faults.push(`DISC-3 ${value.dataset['disclosure']} has contrast ${contrast(value).toFixed(1)}`);
  for (const label of group.querySelectorAll('dt')) if (contrast(label) < 4.5) faults.push(`DISC-3 a label has contrast ${contrast(label).toFixed(1)}`);

  // DISC-4, DISC-6, DISC-7: whole, uncovered, not behind a tap, not cut off, not moving.
  const box = group.getBoundingClientRect();
  if (box.top < 0 || box.bottom > window.innerHeight || box.left < 0 || box.right > window.innerWidth) faults.push(`DISC-4 the box ends at ${Math.round(box.bottom)} of ${window.innerHeight}`);
  for (const value of values) {
    const line = value.getBoundingClientRect();
    for (const share of [0.02, 0.5, 0.9]) {
      const top = document.elementFromPoint(line.left + line.width * share, line.top + line.height / 2);
      if (top === null || !(value.contains(top) || top.contains(value))) faults.push(`DISC-4 ${value.dataset['disclosure']} is covered`);
    }
    if (value.scrollWidth > value.clientWidth + 1 || value.scrollHeight > value.clientHeight + 1) faults.push(`DISC-7 ${value.dataset['disclosure']} is cut off`);
  }
  if (group.closest('details, dialog, [hidden], [aria-hidden="true"], [role="tabpanel"]') !== null || !isSeen(group)) faults.push('DISC-6 the group is behind a tap');
  if (document.getAnimations().some(({ effect }) => group.contains((effect as KeyframeEffect | null)?.target ?? null))) faults.push('DISC-7 the group moves');
  if (document.documentElement.scrollWidth > window.innerWidth) faults.push('DISC-7 the page scrolls sideways');

  // DISC-5, DISC-8, DISC-9: before the button, labelled, together.
  const cta = document.querySelector('[data-cta]');
  if (cta !== null && ((group.compareDocumentPosition(cta) & Node.DOCUMENT_POSITION_FOLLOWING) === 0 || cta.getBoundingClientRect().top < box.bottom)) faults.push('DISC-5 the button comes before the group');
  for (const value of values) if (value.previousElementSibling?.tagName !== 'DT' || value.previousElementSibling.textContent === '') faults.push(`DISC-8 ${value.dataset['disclosure']} has no label`);
  if (box.height > 320) faults.push(`DISC-9 the group is ${Math.round(box.height)} px high`);
  if (group.querySelector('a, button, input, select') !== null) faults.push('DISC-9 something to tap stands inside the group');
  return faults;
}
