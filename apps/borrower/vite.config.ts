import { defineConfig } from 'vite';

/** The page is plain files under any path: addresses are relative, routes live behind `#`. */
export default defineConfig({
  root: import.meta.dirname,
  base: './',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { target: ['chrome80', 'safari14'], outDir: 'dist', emptyOutDir: true, modulePreload: false },
  server: { proxy: { '/v1': process.env['MINGDAI_URL'] ?? 'http://127.0.0.1:8300' } },
});
