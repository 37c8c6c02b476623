import { createHash } from 'node:crypto';
import type { Plugin } from 'vite';

/**
 * Makes the build one HTML file: script and style stand in it, and a policy lets nothing else run, load or be asked.
 * The policy names both by hash, so that the file as it was built is the only one that runs.
 */
export function singleFile(): Plugin {
  return {
    name: 'single-file',
    enforce: 'post',
    generateBundle(_options, bundle) {
      const take = (ending: string): string => {
        const names = Object.keys(bundle).filter((name) => name.endsWith(ending));
        const texts = names.map((name) => {
          const made = bundle[name]!;
          delete bundle[name];
          return made.type === 'chunk' ? made.code : String(made.source);
        });
        return texts.join('\n').trim();
      };
      const page = Object.values(bundle).find(({ fileName }) => fileName === 'index.html');
      if (page?.type !== 'asset') throw new Error('the build has no page');
      const parts = { script: inScript(take('.js')), style: take('.css') };
      const left = Object.keys(bundle).filter((name) => name !== 'index.html');
      if (left.length > 0) throw new Error(`the page would need more than itself: ${left.join(', ')}`);
      page.source = onePage(String(page.source), parts);
    },
  };
}

/** Puts script and style into the page, and its policy before them. */
export function onePage(html: string, { script, style }: { readonly script: string; readonly style: string }): string {
  const policy = [
    "default-src 'none'", `script-src '${hashOf(script)}'`, `style-src '${hashOf(style)}'`, 'img-src data:', "base-uri 'none'", "form-action 'none'",
    "require-trusted-types-for 'script'", "trusted-types 'none'",
  ].join('; ');
  return html
    .replace(/\s*<script\b[^>]*\bsrc=[^>]*><\/script>/, '')
    .replace(/\s*<link\b[^>]*\brel="stylesheet"[^>]*>/, '')
    .replace('<meta charset="utf-8" />', (charset) => `${charset}\n    <meta http-equiv="Content-Security-Policy" content="${policy}" />`)
    .replace('</head>', () => `  <style>${style}</style>\n  </head>`)
    .replace('</body>', () => `  <script type="module">${script}</script>\n  </body>`);
}

const hashOf = (text: string): string => `sha256-${createHash('sha256').update(text).digest('base64')}`;

/** Inside a script element these three would end or hide it. */
const inScript = (code: string): string => code.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--').replaceAll('<script', '<\\script');
